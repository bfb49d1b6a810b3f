// Asks the server what a rule means: its tree for what was typed, its text for what was picked.

import { useCallback, useEffect, useRef, useState } from "react";
import { anchor, at, type Json, type Path, put, resolve, text, type Thing } from "../model/json";
import type { Hint } from "../model/schema";
import { address } from "../model/start";
import { useDesign, useDesk } from "../shell/desk";
import type { RuleAnswer } from "./tree";

export interface RuleState {
  answer: RuleAnswer;
  // what the rule has to give; nothing where it is a condition
  gives: string;
  asking: boolean;
  failed: string;
  typed: (words: string) => void;
  picked: (tree: Thing | null) => void;
}

const PAUSE = 350;
const EMPTY: RuleAnswer = { text: "", tree: null };

// What the rule at a path has to give; nothing where it is a condition.
export function givesAt(document: Json, path: Path, hint: Hint | undefined): string {
  const said = hint?.gives_from ? text(at(document, [...path.slice(0, -1), hint.gives_from])) : "";
  return said || (hint?.gives ?? "");
}

export function useRule(path: Path, value: string, hint?: Hint): RuleState {
  const { start, store, calls } = useDesk();
  const [answer, setAnswer] = useState<RuleAnswer>({ ...EMPTY, text: value });
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState("");
  const turn = useRef(0);
  const known = useRef<string>(undefined);
  const meant = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const url = address(start.urls, "rule");

  const ask = useCallback(
    async (what: Thing, take: (given: RuleAnswer) => void) => {
      if (!url) return;
      const mine = ++turn.current;
      setAsking(true);
      const { document } = store.state;
      const gives = givesAt(document, path, hint);
      const given = await calls.post<RuleAnswer>(url, { document, path: [...path], gives, any_kind: hint?.any_kind ?? false, ...what });
      if (mine !== turn.current) return;
      setAsking(false);
      setFailed(given.kind === "refused" ? given.sentence : "");
      if (given.kind === "done") take(given.given);
    },
    // the path is made anew at every drawing, so its text is compared
    [url, store, calls, path.join("/"), hint],
  );

  const gives = useDesign((state) => givesAt(state.document, path, hint));
  useEffect(() => {
    if (known.current === value && meant.current === gives) return;
    known.current = value;
    meant.current = gives;
    void ask({ text: value }, setAnswer);
  }, [value, gives, ask]);

  const later = (what: Thing, take: (given: RuleAnswer) => void): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void ask(what, take), PAUSE);
  };
  const write = (words: string, place: Path = path): void => {
    known.current = words;
    store.change(put(store.state.document, place, words || undefined), undefined, undefined, place.join("/"));
  };
  return {
    answer,
    gives,
    asking,
    failed,
    typed: (words) => {
      write(words);
      setAnswer((before) => ({ ...before, text: words }));
      later({ text: words }, (given) => setAnswer({ ...given, text: words }));
    },
    picked: (tree) => {
      turn.current += 1;
      setAnswer((before) => ({ ...before, tree }));
      if (!tree) return write("");
      // the person goes on meanwhile: the text is written where the rule stands when it comes, also in a panel that is left
      const holder = anchor(store.state.document, path.slice(0, -1));
      later({ tree }, (given) => {
        const place = resolve(store.state.document, holder);
        if (place) write(given.text, [...place, path.at(-1) ?? ""]);
        setAnswer({ ...given, tree: given.tree ?? tree });
      });
    },
  };
}
