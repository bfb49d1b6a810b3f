import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type ClipboardEvent, useRef, useState } from "react";
import { type Json, text, thing, type Thing, things } from "../model/json";
import { freshKey } from "../model/keys";
import { plain, type Schema } from "../model/schema";
import { inLanguage, readable, withText } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { useDesk, useLanguages } from "../shell/desk";
import { t } from "../words/words";
import { Frame } from "./Frame";
import { Langs } from "./Langs";
import { Parts } from "./ObjectWidget";
import type { WidgetProps } from "./widget";
import { useWriting } from "./writing";

// The answers that are offered: one line each; several pasted lines become several answers.
export function ChoicesWidget(props: WidgetProps) {
  const { schema, root, id, label, path, value, onChange } = props;
  const { first } = useLanguages();
  const { language } = useWriting();
  const { young } = useDesk().store;
  const rows = useRef<HTMLOListElement>(null);
  const [opened, setOpened] = useState<number>();
  const choices = things(value);
  const items = plain(schema.items ?? {}, root);
  // an answer that is new in this window: its key follows its words
  const yet = (choice: Thing): string => [...path, text(choice.key)].join("/");
  const set = (next: Thing[], join?: string): void => onChange(next, join);
  const add = (index: number, lines: string[]): void => {
    const next = [...choices];
    lines.forEach((words, offset) => {
      const made = newChoice(words, language, next);
      young.add(yet(made));
      next.splice(index + offset, 0, made);
    });
    set(next);
    setTimeout(() => rows.current?.querySelectorAll<HTMLInputElement>("input[data-choice]")[index + lines.length - 1]?.focus());
  };
  const write = (index: number, words: string): void => {
    const taken = keysOf(choices.filter((_, other) => other !== index));
    const before = choices[index] ?? {};
    const follows = language === first && young.has(yet(before));
    const key = follows ? freshKey(words, "answer", taken) : text(before.key);
    const after: Thing = { ...before, key, label: withText(before.label, language, words, first) ?? {} };
    if (follows) young.add(yet(after));
    set(choices.map((one, other) => (other === index ? after : one)), [...path, index].join("/"));
  };
  const swap = (index: number, other: number): void => {
    const next = [...choices];
    [next[index], next[other]] = [next[other] ?? {}, next[index] ?? {}];
    set(next);
  };
  const paste = (index: number, event: ClipboardEvent): void => {
    const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    add(index + 1, lines);
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} beside={<Langs value={choices[0]?.label} label={label} />} group>
      <ol className="cwd-choices" ref={rows}>
        {choices.map((choice, index) => {
          const name = readable(choice.label, first) || t("Answer {n}", { n: index + 1 });
          return (
            <li key={index}>
              <div className="cwd-choice">
                <input
                  className="cwd-in"
                  data-choice
                  aria-label={t("Answer {n}", { n: index + 1 })}
                  value={inLanguage(choice.label, language)}
                  placeholder={readable(choice.label, first)}
                  onChange={(event) => write(index, event.target.value)}
                  onPaste={(event) => paste(index, event)}
                  onKeyDown={(event) => event.key === "Enter" && (event.preventDefault(), add(index + 1, [""]))}
                />
                <IconButton small icon={ArrowUp} label={t("Move {name} up", { name })} disabled={index === 0} onClick={() => swap(index, index - 1)} />
                <IconButton small icon={ArrowDown} label={t("Move {name} down", { name })} disabled={index === choices.length - 1} onClick={() => swap(index, index + 1)} />
                <IconButton small icon={Trash2} label={t("Remove {name}", { name })} onClick={() => set(choices.filter((_, other) => other !== index))} />
              </div>
              <More {...props} items={items} open={opened === index} onOpen={(on) => setOpened(on ? index : undefined)} name={name} value={choice} path={[...path, index]} onChange={(next, join) => set(choices.map((one, other) => (other === index ? thing(next) : one)), join)} />
            </li>
          );
        })}
      </ol>
      <Button small icon={Plus} id={id} onClick={() => add(choices.length, [""])}>
        {t("Add an answer")}
      </Button>
    </Frame>
  );
}

interface MoreProps extends WidgetProps {
  items: Schema;
  open: boolean;
  name: string;
  onOpen: (on: boolean) => void;
}

function More({ items, open, name, onOpen, ...props }: MoreProps) {
  const { label: _, ...rest } = items.properties ?? {};
  if (!Object.keys(rest).length) return null;
  return (
    <details className="cwd-more" open={open} onToggle={(event) => event.currentTarget.open !== open && onOpen(event.currentTarget.open)}>
      <summary aria-label={t("More about {name}", { name })}>{text(thing(props.value).key) || t("More")}</summary>
      {open && <Parts {...props} schema={{ ...items, properties: rest }} />}
    </details>
  );
}

const keysOf = (choices: Thing[]): string[] => choices.map((one) => text(one.key));

function newChoice(words: string, language: string, others: Thing[]): Thing {
  const label: Json = words ? { [language]: words } : {};
  return { key: freshKey(words, "answer", keysOf(others)), label };
}
