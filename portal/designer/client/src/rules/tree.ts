// The server's tree of a rule, and how it is edited. What cannot be picked stays as it was written: {"text": ...}.

import { isThing, type Json, type Path, put, remove, type Thing } from "../model/json";
import type { Operator } from "../model/start";

export interface RulePath {
  path: string;
  label: string;
  kind: string;
  operators: string[];
  choices?: { key: string; label: string }[] | null;
  // the questions that a group or the rows of a list hold
  fields?: RulePath[];
  // whether it is asked only after the place of the rule
  later?: boolean;
}

export interface RuleProblem {
  line?: number;
  column?: number;
  sentence: string;
}

export interface RuleAnswer {
  text: string;
  tree: Thing | null;
  sentence?: string;
  problems?: RuleProblem[];
  paths?: RulePath[];
  // for a rule that gives a value: the answers that can be it, and the signs that can stand between two
  values?: Offered[];
  signs?: string[];
  // how a fixed value is typed; nothing where there can be none
  fixed?: "number" | "date" | "text" | "";
}

export interface Offered {
  text: string;
  label: string;
  kind: string;
}

export type Join = "all" | "any";

export const joinOf = (tree: Thing): Join | undefined => ("all" in tree ? "all" : "any" in tree ? "any" : undefined);

// At the top there is always a group, so that a second condition can be added to the first.
export function asGroup(tree: Thing | null): Thing {
  if (!tree) return { all: [] };
  return joinOf(tree) ? tree : { all: [tree] };
}

export function slim(tree: Thing): Thing | null {
  const join = joinOf(tree);
  const parts = join && tree[join];
  if (!Array.isArray(parts)) return tree;
  if (!parts.length) return null;
  return parts.length === 1 && isThing(parts[0]) ? parts[0] : tree;
}

export function rejoined(group: Thing, join: Join): Thing {
  const old = joinOf(group);
  return { [join]: old ? (group[old] ?? []) : [group] };
}

export const isRows = (path: RulePath): boolean => path.kind === "rows";

// The questions that can be picked at the top: those asked before, and those that groups hold, with the name of the group.
export function pickable(paths: RulePath[], group = ""): RulePath[] {
  return paths
    .filter((path) => !path.later)
    .flatMap((path) => {
      const label = group ? `${group}: ${path.label}` : path.label;
      return isRows(path) || !path.fields?.length ? [{ ...path, label }] : pickable(path.fields, label);
    })
    .filter((path) => path.operators.length > 0);
}

const VARIABLES = ["i", "j", "k"];
export const variableAt = (depth: number): string => VARIABLES[Math.min(depth, VARIABLES.length - 1)] ?? "i";

// The questions inside the rows of a list, called by the name that the rule gives to a row: "i.age".
export function inRows(list: RulePath | undefined, variable: string): RulePath[] {
  const named = (path: RulePath): RulePath => ({
    ...path,
    path: `${variable}.${path.path.split(".").at(-1) ?? ""}`,
  });
  return pickable((list?.fields ?? []).map(named));
}

export function freshLeaf(path: RulePath, operators: ReadonlyMap<string, Operator>, depth = 0): Thing {
  return withOperator({ path: path.path }, path.operators[0] ?? "", operators, path, depth);
}

// The value stays when the new operator can use it.
export function withOperator(leaf: Thing, key: string, operators: ReadonlyMap<string, Operator>, path: RulePath | undefined, depth = 0): Thing {
  const takes = operators.get(key)?.takes ?? "one";
  const { value, other } = leaf;
  const name = leaf.path ?? leaf.items ?? "";
  if (takes === "rows") return { items: name, which: whichOf(key), of: leaf.of ?? { all: [] }, as: leaf.as ?? variableAt(depth) };
  const changed: Thing = { path: name, operator: key };
  if (takes === "nothing") return changed;
  if (other !== undefined && operators.get(key)?.with_answers) return { ...changed, other };
  const as = typedAs(operators.get(key), path);
  const first = as === "number" ? 1 : as === "text" ? (path?.choices?.[0]?.key ?? "") : "";
  const given = Array.isArray(value) ? value[0] : value;
  const one = (as === "number") === (typeof given === "number") ? given : undefined;
  if (takes === "two") return { ...changed, value: Array.isArray(value) && value.length === 2 ? value : [one ?? first, one ?? first] };
  if (takes === "several") return { ...changed, value: Array.isArray(value) ? value : [one ?? first] };
  return { ...changed, value: one ?? first };
}

// Which operator of rows a part of the tree uses: "any", "all" or "none" of them.
export const whichOf = (key: string): string => (key.startsWith("any") ? "any" : key.startsWith("all") ? "all" : "none");

export const rowsOperator = (which: string, path: RulePath | undefined, operators: ReadonlyMap<string, Operator>): string =>
  path?.operators.find((key) => operators.get(key)?.takes === "rows" && whichOf(key) === which) ?? which;

export const isNumber = (path: RulePath | undefined): boolean => path?.kind === "integer" || path?.kind === "decimal";

// What is typed for an operator: a number of years, a day, words.
export function typedAs(operator: Operator | undefined, path: RulePath | undefined): "number" | "date" | "text" {
  const wanted = operator?.value ?? "answer";
  if (wanted === "text") return "text";
  if (wanted !== "answer" && wanted !== "") return "number";
  return isNumber(path) ? "number" : path?.kind === "date" ? "date" : "text";
}

// The answers that one can be compared with: of the kind that the operator takes.
export function comparable(operator: Operator | undefined, path: RulePath | undefined, paths: RulePath[]): RulePath[] {
  if (!operator?.with_answers || !path) return [];
  const wanted = operator.value ?? "answer";
  const kind = wanted === "answer" ? (path.kind === "choices" ? "text" : path.kind) : wanted === "text" ? "text" : "integer";
  return paths.filter((one) => one.kind === kind && one.path !== path.path);
}

export const replaceIn = (tree: Thing, place: Path, part: Json): Thing => put(tree, place, part) as Thing;
export const removeIn = (tree: Thing, place: Path): Thing => remove(tree, place) as Thing;

// Whether every condition is complete enough to be sent.
export function isWhole(tree: Thing): boolean {
  const join = joinOf(tree);
  const parts = join && tree[join];
  if (Array.isArray(parts)) return parts.length > 0 && parts.every((part) => isThing(part) && isWhole(part));
  if ("items" in tree) return isThing(tree.of) && isWhole(tree.of);
  if ("text" in tree) return true;
  return typeof tree.path === "string" && typeof tree.operator === "string" && tree.other !== "" && tree.value !== "" && !isEmptyList(tree.value);
}

const isEmptyList = (value: Json | undefined): boolean => Array.isArray(value) && (!value.length || value.includes(""));
