import { thing } from "../model/json";
import { plain } from "../model/schema";
import { t } from "../words/words";
import { Frame } from "./Frame";
import { humane, type WidgetProps } from "./widget";

// A length of time with one unit; the units are those of the schema.
export function SpanWidget({ schema, root, id, label, path, value, described, required, onChange }: WidgetProps) {
  const units = Object.entries(schema.properties ?? {});
  const [unit, amount] = Object.entries(thing(value))[0] ?? [units[0]?.[0] ?? "", undefined];
  const write = (words: string, of: string): void => {
    const number = Number(words);
    if (words.trim() === "") onChange(required ? {} : undefined, path.join("/"));
    else if (Number.isInteger(number) && number > 0) onChange({ [of]: number }, path.join("/"));
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help} example={schema.ui?.example} path={path} group>
      <div className="cwd-pair">
        <input
          id={id}
          className="cwd-in"
          inputMode="numeric"
          dir="ltr"
          aria-label={t("How many")}
          aria-describedby={described}
          value={amount === undefined || amount === null ? "" : String(amount)}
          onChange={(event) => write(event.target.value, unit)}
        />
        <select
          className="cwd-in"
          aria-label={t("Unit of time")}
          value={unit}
          onChange={(event) => write(amount === undefined || amount === null ? "1" : String(amount), event.target.value)}
        >
          {units.map(([name, one]) => (
            <option key={name} value={name}>
              {schema.ui?.labels?.[name] ?? unitName(name, plain(one, root).title)}
            </option>
          ))}
        </select>
      </div>
    </Frame>
  );
}

const UNITS: Record<string, () => string> = {
  working_days: () => t("working days"),
  working_hours: () => t("working hours"),
  minutes: () => t("minutes"),
  hours: () => t("hours"),
  days: () => t("days"),
  months: () => t("months"),
  years: () => t("years"),
};

export const unitName = (name: string, title?: string): string => UNITS[name]?.() ?? title ?? humane(name);
