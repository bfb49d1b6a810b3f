import { expect, test } from "vitest";
import { put } from "../model/json";
import type { Operator } from "../model/start";
import { asGroup, comparable, freshLeaf, inRows, isWhole, pickable, rejoined, type RulePath, slim, typedAs, withOperator } from "./tree";
import { aDesign } from "../testing/invented";
import { givesAt } from "./useRule";

const operators = new Map<string, Operator>(
  (
    [
      { key: "is", label: "is", takes: "one", value: "answer", with_answers: true },
      { key: "one_of", label: "is one of", takes: "several", value: "answer" },
      { key: "between", label: "is between", takes: "two", value: "answer" },
      { key: "answered", label: "is answered", takes: "nothing", value: "" },
      { key: "years_ago", label: "is so many years ago", takes: "one", value: "years", with_answers: true },
      { key: "any_item", label: "any of them", takes: "rows", value: "" },
    ] satisfies Operator[]
  ).map((one) => [one.key, one]),
);
const goods: RulePath = { path: "answers.goods", label: "Goods", kind: "text", operators: ["is", "one_of", "answered"], choices: [{ key: "hot", label: "Hot food" }] };
const born: RulePath = { path: "answers.born", label: "Born", kind: "date", operators: ["is", "years_ago"] };
const age: RulePath = { path: "answers.children[].age", label: "Age", kind: "integer", operators: ["between"] };
const children: RulePath = { path: "answers.children", label: "Children", kind: "rows", operators: ["any_item"], fields: [age] };

test("one condition is shown as a group of one, and kept as itself", () => {
  const leaf = { path: "answers.goods", operator: "answered" };
  expect(asGroup(leaf)).toEqual({ all: [leaf] });
  expect(slim({ all: [leaf] })).toEqual(leaf);
  expect(slim({ all: [] })).toBeNull();
});

test("what the picker cannot show is never changed", () => {
  const text = { text: "size(answers.x) > 3" };
  expect(slim(asGroup(text))).toEqual(text);
  expect(rejoined({ all: [text, text] }, "any")).toEqual({ any: [text, text] });
});

test("a new condition begins with the first comparison and a value that fits", () => {
  expect(freshLeaf(goods, operators)).toEqual({ path: "answers.goods", operator: "is", value: "hot" });
  expect(freshLeaf(age, operators)).toEqual({ path: "answers.children[].age", operator: "between", value: [1, 1] });
  expect(freshLeaf(children, operators)).toEqual({ items: "answers.children", which: "any", of: { all: [] }, as: "i" });
});

test("another comparison keeps a value that it can use", () => {
  const one = { path: "answers.goods", operator: "is", value: "hot" };
  expect(withOperator(one, "one_of", operators, goods)).toEqual({ path: "answers.goods", operator: "one_of", value: ["hot"] });
  expect(withOperator(one, "answered", operators, goods)).toEqual({ path: "answers.goods", operator: "answered" });
});

test("the operator says what is typed: a day, or a number of years", () => {
  expect(typedAs(operators.get("is"), born)).toBe("date");
  expect(typedAs(operators.get("years_ago"), born)).toBe("number");
});

test("what is asked later is not offered, and what a group holds comes with its name", () => {
  const town = { ...goods, path: "answers.address.town", label: "Town" };
  const address: RulePath = { path: "answers.address", label: "Address", kind: "group", operators: [], fields: [town] };
  expect(pickable([goods, { ...born, later: true }, address]).map((path) => path.label)).toEqual(["Goods", "Address: Town"]);
});

test("inside rows only the questions of these rows are offered, by the name of a row", () => {
  expect(inRows(children, "i").map((path) => path.path)).toEqual(["i.age"]);
});

test("what a rule has to give stands in its setting, or in the one beside it", () => {
  const path = ["forms", "quest", "pages", 0, "fields", 1, "options", "rule"];
  const design = put(aDesign(), ["forms", "quest", "pages", 0, "fields", 1, "options", "result"], "date");
  expect(givesAt(design, path, { gives: "decimal", gives_from: "result" })).toBe("date");
  expect(givesAt(aDesign(), path, { gives: "decimal", gives_from: "result" })).toBe("decimal");
  expect(givesAt(design, path, { widget: "rule" })).toBe("");
});

test("an answer is compared with others of the kind that the operator takes", () => {
  const ended: RulePath = { path: "answers.ended", label: "Ended", kind: "date", operators: ["is"] };
  const paths = [goods, born, age, ended];
  expect(comparable(operators.get("is"), born, paths)).toEqual([ended]);
  expect(comparable(operators.get("years_ago"), born, paths)).toEqual([age]);
  expect(comparable(operators.get("between"), age, paths)).toEqual([]);
});

test("another answer stays when the new comparison can use it, and must be chosen before it is sent", () => {
  const one = { path: "answers.born", operator: "is", other: "answers.ended" };
  expect(withOperator(one, "years_ago", operators, born)).toEqual({ ...one, operator: "years_ago" });
  expect(withOperator(one, "answered", operators, born)).toEqual({ path: "answers.born", operator: "answered" });
  expect(isWhole({ ...one, other: "" })).toBe(false);
  expect(isWhole(one)).toBe(true);
});

test("what is half picked is not sent", () => {
  expect(isWhole({ path: "a", operator: "is", value: "" })).toBe(false);
  expect(isWhole({ items: "a", which: "any", of: { all: [] } })).toBe(false);
  expect(isWhole({ any: [{ path: "a", operator: "answered" }, { text: "true" }] })).toBe(true);
});
