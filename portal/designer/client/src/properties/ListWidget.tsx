import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { type Json, list, type Path, text, thing } from "../model/json";
import { freshKey } from "../model/keys";
import { fresh, isType, type Schema } from "../model/schema";
import { inLanguage, readable } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { useDesk, useLanguages } from "../shell/desk";
import { t } from "../words/words";
import { Frame } from "./Frame";
import { Parts } from "./ObjectWidget";
import { Widget } from "./Property";
import { humane, type WidgetProps } from "./widget";

// A list of things: each can be changed, moved and taken away, and one added at its end.
export function ListWidget(props: WidgetProps & { items: Schema }) {
  const { schema, root, id, label, path, value, onChange, items } = props;
  const { start, store } = useDesk();
  const { first } = useLanguages();
  const rows = useRef<HTMLOListElement>(null);
  const entries = list(value);
  const set = (next: Json[]): void => onChange(next.length || props.required ? next : undefined);
  const swap = (index: number, other: number): void => {
    const next = [...entries];
    [next[index], next[other]] = [next[other] ?? null, next[index] ?? null];
    set(next);
  };
  const add = (): void => {
    const made = newEntry(items, root, entries);
    store.young.add(yet(path, made));
    set([...entries, made]);
    // what is new is written at once
    setTimeout(() => rows.current?.querySelector<HTMLElement>(":scope > li:last-child .cwd-nested :is(input, textarea, select)")?.focus());
  };
  const change = (index: number, next: Json | undefined, join?: string): void => {
    const others = entries.filter((_, other) => other !== index);
    const named = followed(next ?? null, entries[index] ?? null, others, first, (one) => store.young.has(yet(path, one)));
    if (named !== next) store.young.add(yet(path, named));
    onChange(entries.map((one, other) => (other === index ? named : one)), join);
  };
  const full = schema.maxItems !== undefined && entries.length >= schema.maxItems;
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} group>
      <ol className="cwd-list" ref={rows}>
        {entries.map((entry, index) => {
          const name = readable(thing(entry).label ?? thing(entry).title, start.language) || text(thing(entry).key) || String(index + 1);
          return (
            <li key={index} className="cwd-list__item">
              <div className="cwd-between">
                <b>{name}</b>
                <span className="cwd-tools-row">
                  <IconButton small icon={ArrowUp} label={t("Move {name} up", { name })} disabled={index === 0} onClick={() => swap(index, index - 1)} />
                  <IconButton small icon={ArrowDown} label={t("Move {name} down", { name })} disabled={index === entries.length - 1} onClick={() => swap(index, index + 1)} />
                  <IconButton small icon={Trash2} label={t("Remove {name}", { name })} onClick={() => set(entries.filter((_, other) => other !== index))} />
                </span>
              </div>
              <Entry {...props} value={entry} path={[...path, index]} schema={items} onChange={(next, join) => change(index, next, join)} />
            </li>
          );
        })}
      </ol>
      <Button small icon={Plus} disabled={full} onClick={add} {...(!schema.ui?.add && { "aria-label": t("Add to {name}", { name: label }) })}>
        {schema.ui?.add ?? t("Add")}
      </Button>
    </Frame>
  );
}

function Entry(props: WidgetProps) {
  const { schema, label } = props;
  if (isType(schema, "object") && schema.properties) return <Parts {...props} />;
  return <Widget {...props} schema={{ ...schema, description: "" }} label={schema.title ?? humane(label)} required />;
}

// A thing with a key gets one that is not taken.
export function newEntry(items: Schema, root: Schema, others: Json[]): Json {
  const made = fresh(items, root) ?? "";
  if (!items.properties?.key) return made;
  const taken = others.map((one) => text(thing(one).key));
  return { ...thing(made), key: freshKey(items.title ?? "", "one", taken) };
}

const yet = (path: Path, entry: Json): string => [...path, text(thing(entry).key)].join("/");

// The key of an entry that is new in this window follows what it is called, until somebody writes a key.
export function followed(next: Json, before: Json, others: Json[], language: string, young: (entry: Json) => boolean): Json {
  const [was, is] = [thing(before), thing(next)];
  const words = inLanguage(is.label ?? is.title, language).trim();
  if (typeof is.key !== "string" || is.key !== was.key || !words || !young(before)) return next;
  const key = freshKey(words, "one", others.map((one) => text(thing(one).key)));
  return key === is.key ? next : { ...is, key };
}
