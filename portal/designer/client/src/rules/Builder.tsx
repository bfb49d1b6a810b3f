// Conditions picked from earlier questions: groups of "all" and "any", and rows of repeating groups.

import { Plus, X } from "lucide-react";
import { type Path, text, type Thing, thing, things } from "../model/json";
import type { ReactNode } from "react";
import type { Operator } from "../model/start";
import { Button, IconButton } from "../parts/Button";
import { t } from "../words/words";
import { Right } from "./Right";
import { freshLeaf, inRows, type Join, joinOf, rejoined, removeIn, replaceIn, rowsOperator, type RulePath, variableAt, withOperator } from "./tree";


interface Shared {
  tree: Thing;
  paths: RulePath[];
  operators: ReadonlyMap<string, Operator>;
  onTree: (tree: Thing) => void;
}

interface PartProps extends Shared {
  place: Path;
  part: Thing;
  // how many lists of rows this stands in
  depth: number;
  // the answers around these rows: an answer of a row can be compared with them
  around?: RulePath[];
}

export function Group({ place, part, ...shared }: PartProps) {
  const { tree, paths, operators, onTree, depth } = shared;
  const join = joinOf(part) ?? "all";
  const parts = things(part[join]);
  const add = (added: Thing): void => onTree(replaceIn(tree, [...place, join, parts.length], added));
  const first = paths[0];
  return (
    <div className="cwd-group" role="group" aria-label={place.length ? t("Group of conditions") : t("Conditions")}>
      {parts.length > 1 && <Joined join={join} onJoin={(next) => onTree(place.length ? replaceIn(tree, place, rejoined(part, next)) : rejoined(part, next))} />}
      {parts.map((one, index) => (
        <Part key={index} {...shared} place={[...place, join, index]} part={one} />
      ))}
      <div className="cwd-row">
        <Button small icon={Plus} disabled={!first} onClick={() => first && add(freshLeaf(first, operators, depth))}>
          {parts.length ? t("Another condition") : t("Condition")}
        </Button>
        {parts.length > 0 && (
          <Button small look="quiet" icon={Plus} disabled={!first} onClick={() => first && add({ [join === "all" ? "any" : "all"]: [freshLeaf(first, operators, depth)] })}>
            {t("Group")}
          </Button>
        )}
      </div>
      {!first && <p className="cwd-hint">{t("There is no earlier question to choose from.")}</p>}
    </div>
  );
}

function Joined({ join, onJoin }: { join: Join; onJoin: (join: Join) => void }) {
  return (
    <select className="cwd-in" aria-label={t("How conditions are joined")} value={join} onChange={(event) => onJoin(event.target.value as Join)}>
      <option value="all">{t("All of these hold")}</option>
      <option value="any">{t("Any of these holds")}</option>
    </select>
  );
}

function Part(props: PartProps) {
  const { part, place, tree, onTree } = props;
  const gone = (
    <IconButton small icon={X} label={t("Remove the condition")} onClick={() => onTree(removeIn(tree, place))} />
  );
  if (joinOf(part)) {
    return (
      <div className="cwd-row cwd-row--top">
        <Group {...props} />
        {gone}
      </div>
    );
  }
  if ("text" in part) {
    return (
      <div className="cwd-row">
        <code className="cwd-cel">{text(part.text)}</code>
        {gone}
      </div>
    );
  }
  return "items" in part ? <Rows {...props} gone={gone} /> : <Leaf {...props} gone={gone} />;
}

function Question({ paths, path, onPath }: { paths: RulePath[]; path: string; onPath: (path: RulePath) => void }) {
  const known = paths.some((one) => one.path === path);
  return (
    <select
      className="cwd-in"
      aria-label={t("Question")}
      value={path}
      onChange={(event) => {
        const found = paths.find((one) => one.path === event.target.value);
        if (found) onPath(found);
      }}
    >
      {!known && <option value={path}>{path}</option>}
      {paths.map((one) => (
        <option key={one.path} value={one.path}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

interface ComparedProps extends PartProps {
  gone: ReactNode;
}

// The question, and how its answer is compared; what is compared with stands below.
function Compared({ part, place, tree, paths, operators, onTree, depth, gone, operator, children }: ComparedProps & { operator: string; children: ReactNode }) {
  const name = text(part.path ?? part.items);
  const path = paths.find((one) => one.path === name);
  const change = (next: Thing): void => onTree(replaceIn(tree, place, next));
  const offered = path?.operators.includes(operator) ? path.operators : [operator, ...(path?.operators ?? [])];
  return (
    <div className="cwd-condition">
      <div className="cwd-row">
        <Question paths={paths} path={name} onPath={(next) => change(freshLeaf(next, operators, depth))} />
        {gone}
      </div>
      <select className="cwd-in" aria-label={t("Comparison")} value={operator} onChange={(event) => change(withOperator(part, event.target.value, operators, path, depth))}>
        {offered.map((one) => (
          <option key={one} value={one}>
            {operators.get(one)?.label ?? one}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}

function Leaf(props: ComparedProps) {
  const { part, place, tree, paths, operators, onTree, around = [] } = props;
  const path = paths.find((one) => one.path === part.path);
  const key = text(part.operator);
  return (
    <Compared {...props} operator={key}>
      <Right leaf={part} operator={operators.get(key)} path={path} readable={[...paths, ...around]} onLeaf={(leaf) => onTree(replaceIn(tree, place, leaf))} />
    </Compared>
  );
}

function Rows({ gone, ...props }: ComparedProps) {
  const { part, place, tree, paths, operators, depth, around = [] } = props;
  const items = text(part.items);
  const path = paths.find((one) => one.path === items);
  const inner = joinOf(thing(part.of)) ? thing(part.of) : { all: [thing(part.of)] };
  const whole = joinOf(thing(part.of)) ? tree : replaceIn(tree, [...place, "of"], inner);
  return (
    <Compared {...props} gone={gone} operator={rowsOperator(text(part.which), path, operators)}>
      <Group {...props} tree={whole} place={[...place, "of"]} part={inner} paths={inRows(path, text(part.as) || variableAt(depth))} around={[...paths, ...around]} depth={depth + 1} />
    </Compared>
  );
}
