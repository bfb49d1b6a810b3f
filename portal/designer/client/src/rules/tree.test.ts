import { expect, test } from "vitest";
import type { Operator } from "../model/start";
import { asGroup, freshLeaf, isWhole, rejoined, type RulePath, slim, typedAs, withOperator, within } from "./tree";

const operators = new Map<string, Operator>(
  (
    [
      { key: "is", label: "is", takes: "one", value: "answer" },
      { key: "one_of", label: "is one of", takes: "several", value: "answer" },
      { key: "between", label: "is between", takes: "two", value: "answer" },
      { key: "answered", label: "is answered", takes: "nothing", value: "" },
      { key: "years_ago", label: "is so many years ago", takes: "one", value: "years" },
      { key: "any_item", label: "any of them", takes: "rows", value: "" },
    ] satisfies Operator[]
  ).map((one) => [one.key, one]),
);
const goods: RulePath = { path: "answers.goods", label: "Goods", kind: "text", operators: ["is", "one_of", "answered"], choices: [{ value: "hot", label: "Hot food" }] };
const born: RulePath = { path: "answers.born", label: "Born", kind: "date", operators: ["is", "years_ago"] };
const children: RulePath = { path: "answers.children", label: "Children", kind: "rows", operators: ["any_item"] };
const age: RulePath = { path: "answers.children[].age", label: "Age", kind: "integer", operators: ["between"], rows: "answers.children" };

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
  expect(freshLeaf(children, operators)).toEqual({ items: "answers.children", which: "any", of: { all: [] } });
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

test("inside rows only the questions of these rows are offered", () => {
  expect(within([goods, children, age], undefined)).toEqual([goods, children]);
  expect(within([goods, children, age], "answers.children")).toEqual([age]);
});

test("what is half picked is not sent", () => {
  expect(isWhole({ path: "a", operator: "is", value: "" })).toBe(false);
  expect(isWhole({ items: "a", which: "any", of: { all: [] } })).toBe(false);
  expect(isWhole({ any: [{ path: "a", operator: "answered" }, { text: "true" }] })).toBe(true);
});
