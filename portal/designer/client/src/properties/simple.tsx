// Widgets of one value: a number, a switch, one of several.

import { useState } from "react";
import type { Json } from "../model/json";
import type { Schema } from "../model/schema";
import { t } from "../words/words";
import { Frame, Help, Mistakes } from "./Frame";
import { humane, type WidgetProps } from "./widget";

export function NumberWidget({ schema, id, label, path, value, described, onChange }: WidgetProps) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === undefined || value === null ? "" : String(value));
  const write = (words: string): void => {
    setTyped(words);
    const number = Number(words);
    if (words.trim() === "") onChange(undefined, path.join("/"));
    else if (Number.isFinite(number)) onChange(number, path.join("/"));
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} example={schema.ui?.example} path={path}>
      <input
        id={id}
        className="cwd-in cwd-in--number"
        inputMode="decimal"
        dir="ltr"
        aria-describedby={described}
        value={shown}
        placeholder={schema.default === undefined || schema.default === null ? undefined : String(schema.default)}
        onChange={(event) => write(event.target.value)}
        onBlur={() => setTyped(undefined)}
      />
    </Frame>
  );
}

export function ToggleWidget({ schema, id, label, path, value, described, onChange }: WidgetProps) {
  const on = value === undefined || value === null ? schema.default === true : value === true;
  return (
    <div className="cwd-field">
      <div className="cwd-switch">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-describedby={described}
          checked={on}
          onChange={(event) => onChange(event.target.checked === (schema.default === true) && schema.default !== undefined ? undefined : event.target.checked)}
        />
      </div>
      <Help id={id} help={schema.ui?.help ?? schema.description} example={schema.ui?.example} />
      <Mistakes path={path} />
    </div>
  );
}

export interface Choice {
  value: Json;
  label: string;
}

interface SelectProps extends WidgetProps {
  choices: Choice[];
  empty?: string;
}

// Values are told apart by their JSON: an empty value means that nothing is chosen.
export function SelectWidget({ schema, id, label, path, value, described, required, choices, empty, onChange }: SelectProps) {
  const chosen = value === undefined || value === null || value === "" ? "" : JSON.stringify(value);
  const known = choices.some((choice) => JSON.stringify(choice.value) === chosen);
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} example={schema.ui?.example} path={path}>
      <select
        id={id}
        className="cwd-in"
        aria-describedby={described}
        value={chosen}
        onChange={(event) => onChange(event.target.value === "" ? undefined : (JSON.parse(event.target.value) as Json))}
      >
        {(!required || !known) && <option value="">{empty ?? unchosen(schema)}</option>}
        {chosen && !known && <option value={chosen}>{t("{name} (not here any more)", { name: String(value) })}</option>}
        {choices.map((choice) => (
          <option key={JSON.stringify(choice.value)} value={JSON.stringify(choice.value)}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

function unchosen({ default: standard, ui }: Schema): string {
  if (standard === undefined || standard === null || standard === "") return t("Nothing chosen");
  return t("As usual: {name}", { name: ui?.labels?.[String(standard)] ?? humane(String(standard)) });
}

export const enumChoices = (values: Json[], labels: Record<string, string> = {}): Choice[] =>
  values.map((value) => ({ value, label: labels[String(value)] ?? humane(String(value)) }));
