import type { Json, Thing } from "../model/json";
import { text } from "../model/json";
import type { Operator } from "../model/start";
import { t } from "../words/words";
import { comparable, type RulePath } from "./tree";
import { Value } from "./Value";

interface RightProps {
  leaf: Thing;
  operator: Operator | undefined;
  path: RulePath | undefined;
  // the answers that can be read here
  readable: RulePath[];
  onLeaf: (leaf: Thing) => void;
}

// What an answer is compared with: a value, or another answer of the same kind where there is one.
export function Right({ leaf, operator, path, readable, onLeaf }: RightProps) {
  const others = comparable(operator, path, readable);
  const compared = "other" in leaf;
  const { value, other, ...bare } = leaf;
  const name = text(other);
  const turn = (with_: string): void => onLeaf(with_ === "other" ? { ...bare, other: others[0]?.path ?? "" } : { ...bare, value: "" });
  return (
    <>
      {(others.length > 0 || compared) && (
        <select className="cwd-in" aria-label={t("Compared with")} value={compared ? "other" : "value"} onChange={(event) => turn(event.target.value)}>
          <option value="value">{t("A value")}</option>
          <option value="other">{t("Another answer")}</option>
        </select>
      )}
      {compared ? (
        <select className="cwd-in" aria-label={t("Other answer")} value={name} onChange={(event) => onLeaf({ ...bare, other: event.target.value })}>
          {!others.some((one) => one.path === name) && <option value={name}>{name}</option>}
          {others.map((one) => (
            <option key={one.path} value={one.path}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <Value operator={operator} path={path} value={value} onValue={(next: Json) => onLeaf({ ...bare, value: next })} />
      )}
    </>
  );
}
