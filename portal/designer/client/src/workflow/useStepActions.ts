// What a person can do to steps: the same from the canvas, the outline, menus and keys.

import { useMemo } from "react";
import { copied, pasted } from "../model/clipboard";
import { freshKey, keyFrom } from "../model/keys";
import { at, insert, type Json, type Path, text, thing } from "../model/json";
import { addPattern, type Kept } from "../model/library";
import { addOn, addStep, duplicateStep, leadWay, NODES, removeStep, renameStep, type Spot, stepsOf } from "../model/steps";
import type { NodeKind } from "../model/start";
import { readable } from "../model/texts";
import { useDesk } from "../shell/desk";
import { keepFocus } from "../shell/keepFocus";
import { t } from "../words/words";

export interface StepActions {
  add: (kind: NodeKind, spot?: Spot) => void;
  addOn: (kind: NodeKind, host: number) => void;
  addPattern: (pattern: Kept, spot?: Spot) => void;
  remove: (index: number) => void;
  duplicate: (index: number) => void;
  lead: (index: number, way: Path, target: string) => void;
  rename: (index: number, key: string) => void;
  follow: (document: Json, index: number) => Json;
  copy: (index: number) => string;
  paste: (words: string) => boolean;
}

export const stepPath = (index: number): Path => [...NODES, index];

// The number of the chosen step; undefined where none is chosen.
export const chosenStep = (path: Path | null): number | undefined =>
  path?.[0] === "workflow" && path[1] === "nodes" && typeof path[2] === "number" ? path[2] : undefined;

export function useStepActions(): StepActions {
  const desk = useDesk();
  return useMemo(() => actions(desk), [desk]);
}

function actions({ store, stepKinds, start, open }: ReturnType<typeof useDesk>): StepActions {
  const name = (index: number): string => {
    const step = stepsOf(store.state.document)[index] ?? {};
    return readable(step.title, start.language) || text(step.key);
  };
  const apply = (document: Json, path: Path | null, said: string): void => {
    if (!open) return;
    keepFocus();
    store.change(document, path);
    store.say(said);
  };
  const placed = (made: { document: Json; place: Path }, said: string): void => {
    store.young.add(text(thing(at(made.document, made.place)).key));
    apply(made.document, made.place, said);
  };
  return {
    add: (kind, spot) => placed(addStep(store.state.document, kind, stepKinds, spot), t("{name} was added", { name: kind.label })),
    addOn: (kind, host) => placed(addOn(store.state.document, kind, stepKinds, host), t("{name} was added", { name: kind.label })),
    addPattern: ({ items, label }, spot) => {
      const made = addPattern(store.state.document, items, stepKinds, spot);
      apply(made.document, made.place, t("{name} was added", { name: label }));
    },
    remove: (index) => {
      const left = removeStep(store.state.document, index, stepKinds);
      const next = Math.min(index, stepsOf(left).length - 1);
      apply(left, next < 0 ? null : stepPath(next), t("{name}: deleted. Undo brings it back", { name: name(index) }));
    },
    duplicate: (index) => placed(duplicateStep(store.state.document, index), t("{name}: duplicated", { name: name(index) })),
    lead: (index, way, target) => apply(leadWay(store.state.document, index, way, target), stepPath(index), t("The way leads elsewhere now")),
    rename: (index, key) => apply(renameStep(store.state.document, index, key, stepKinds), stepPath(index), t("Renamed")),
    // the key of a step that is new in this window follows what it is called
    follow: (document, index) => {
      const step = stepsOf(document)[index] ?? {};
      const old = text(step.key);
      if (!store.young.has(old)) return document;
      const others = stepsOf(document).map((one) => text(one.key)).filter((key) => key !== old);
      const key = freshKey(readable(step.title, start.language), keyFrom(old, "step"), others);
      if (key === old) return document;
      store.young.delete(old);
      store.young.add(key);
      return renameStep(document, index, key, stepKinds);
    },
    copy: (index) => copied(store.state.document, [stepPath(index)]),
    paste: (words) => {
      const parts = pasted(words);
      if (parts?.what !== "nodes") return false;
      let { document } = store.state;
      const first = stepsOf(document).length;
      for (const item of parts.items) {
        const steps = stepsOf(document);
        const key = freshKey(text(item.key), "step", steps.map((step) => text(step.key)));
        document = insert(document, stepPath(steps.length), { ...item, key });
      }
      apply(document, stepPath(first), t("Pasted"));
      return true;
    },
  };
}
