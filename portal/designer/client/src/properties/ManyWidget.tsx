import { type Json, list, same } from "../model/json";
import { Plus, X } from "lucide-react";
import { IconButton } from "../parts/Button";
import { Sign } from "../parts/Icon";
import { t } from "../words/words";
import { Frame } from "./Frame";
import type { Choice } from "./simple";
import type { WidgetProps } from "./widget";

const MOST_TICKS = 12;
const nameOf = (value: Json, choices: Choice[]): string => choices.find((choice) => same(choice.value, value))?.label ?? String(value);

// Any number of what is offered, in the order in which they were chosen.
export function ManyWidget({ schema, id, label, path, value, required, choices, onChange }: WidgetProps & { choices: Choice[] }) {
  const chosen = list(value);
  const toggle = (one: Json, on: boolean): void => {
    const next = on ? [...chosen, one] : chosen.filter((other) => !same(other, one));
    onChange(next.length || required ? next : undefined);
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} group>
      <ul className="cwd-ticks">
        {choices.length <= MOST_TICKS && choices.map((choice) => (
          <li key={JSON.stringify(choice.value)}>
            <label className="cwd-check">
              <input
                type="checkbox"
                checked={chosen.some((one) => same(one, choice.value))}
                onChange={(event) => toggle(choice.value, event.target.checked)}
              />
              {choice.label}
            </label>
          </li>
        ))}
        {choices.length > MOST_TICKS && chosen.map((one) => (
          <li key={JSON.stringify(one)} className="cwd-between">
            {nameOf(one, choices)}
            <IconButton small icon={X} label={t("Remove {name}", { name: nameOf(one, choices) })} onClick={() => toggle(one, false)} />
          </li>
        ))}
      </ul>
      {choices.length > MOST_TICKS && (
        <div className="cwd-row">
          <Sign of={Plus} />
          <select className="cwd-in" aria-label={t("Add to {name}", { name: label })} value="" onChange={(event) => toggle(JSON.parse(event.target.value) as Json, true)}>
            <option value="">{t("Add")}</option>
            {choices.filter((choice) => !chosen.some((one) => same(one, choice.value))).map((choice) => (
              <option key={JSON.stringify(choice.value)} value={JSON.stringify(choice.value)}>
                {choice.label}
              </option>
            ))}
          </select>
        </div>
      )}
    </Frame>
  );
}
