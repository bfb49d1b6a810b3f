import { type Json, list } from "../model/json";
import type { Operator } from "../model/start";
import { t } from "../words/words";
import { isNumber, type RulePath, typedAs } from "./tree";

interface ValueProps {
  operator: Operator | undefined;
  path: RulePath | undefined;
  value: Json | undefined;
  onValue: (value: Json) => void;
}

// What an answer is compared with: one of its choices, or a number, a day, words.
export function Value(props: ValueProps) {
  const { operator, path, value, onValue } = props;
  const takes = operator?.takes ?? "one";
  if (takes === "nothing" || takes === "rows") return null;
  const offered = path?.choices?.length && typedAs(operator, path) === "text";
  if (takes === "several") return offered ? <Ticks {...props} /> : <Words {...props} />;
  if (takes === "two") return <Two {...props} />;
  return offered ? <OneOf {...props} /> : <Typed {...props} label={t("Value")} value={value} onValue={onValue} />;
}

function Typed({ operator, path, value, label, onValue }: ValueProps & { label: string }) {
  const as = typedAs(operator, path);
  return (
    <input
      className="cwd-in"
      aria-label={label}
      type={as}
      step="any"
      value={value === undefined || value === null ? "" : String(value)}
      onChange={(event) => onValue(as === "number" && event.target.value !== "" ? Number(event.target.value) : event.target.value)}
    />
  );
}

function Two({ value, onValue, ...props }: ValueProps) {
  const [from, to] = list(value);
  return (
    <div className="cwd-pair">
      <Typed {...props} label={t("From")} value={from} onValue={(next) => onValue([next, to ?? ""])} />
      <Typed {...props} label={t("To")} value={to} onValue={(next) => onValue([from ?? "", next])} />
    </div>
  );
}

function OneOf({ path, value, onValue }: ValueProps) {
  return (
    <select className="cwd-in" aria-label={t("Answer")} value={String(value ?? "")} onChange={(event) => onValue(event.target.value)}>
      {(path?.choices ?? []).map((choice) => (
        <option key={choice.key} value={choice.key}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

function Ticks({ path, value, onValue }: ValueProps) {
  const chosen = list(value);
  return (
    <ul className="cwd-ticks" aria-label={t("Answers")}>
      {(path?.choices ?? []).map((choice) => (
        <li key={choice.key}>
          <label className="cwd-check">
            <input
              type="checkbox"
              checked={chosen.includes(choice.key)}
              onChange={(event) => onValue(event.target.checked ? [...chosen, choice.key] : chosen.filter((one) => one !== choice.key))}
            />
            {choice.label}
          </label>
        </li>
      ))}
    </ul>
  );
}

// Several values without choices: one on each line.
function Words({ path, value, onValue }: ValueProps) {
  const number = isNumber(path);
  return (
    <textarea
      className="cwd-in"
      rows={2}
      aria-label={t("Values, one on each line")}
      value={list(value).map(String).join("\n")}
      onChange={(event) => onValue(event.target.value.split("\n").map((line) => (number && line.trim() !== "" ? Number(line) : line)))}
    />
  );
}
