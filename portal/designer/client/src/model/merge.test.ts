import { expect, test } from "vitest";
import type { Json } from "./json";
import { merge } from "./merge";

const fields = (...keys: string[]): Json => keys.map((key) => ({ key, label: key }));

test("what only one side changed is taken", () => {
  const { value, clashes } = merge({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 });
  expect(value).toEqual({ a: 2, b: 3 });
  expect(clashes).toEqual([]);
});

test("both sides add a question: both stay, each after its neighbour", () => {
  const { value } = merge(fields("a", "b"), fields("a", "theirs", "b"), fields("a", "b", "mine"));
  expect((value as { key: string }[]).map((one) => one.key)).toEqual(["a", "theirs", "b", "mine"]);
});

test("an order that one side changed is kept, with what the other side added", () => {
  const { value } = merge(fields("a", "b", "c"), fields("a", "b", "c", "d"), fields("c", "a", "b"));
  expect((value as { key: string }[]).map((one) => one.key)).toEqual(["c", "d", "a", "b"]);
});

test("the same text changed by both is a clash, and mine is kept until somebody chooses", () => {
  const { value, clashes } = merge({ t: "old" }, { t: "theirs" }, { t: "mine" });
  expect(value).toEqual({ t: "mine" });
  expect(clashes).toEqual([{ path: ["t"], base: "old", theirs: "theirs", mine: "mine" }]);
});

test("what I took away and they changed is a clash that names the question", () => {
  const theirs = [{ key: "a", label: "new words" }];
  const { value, clashes } = merge(fields("a"), theirs, []);
  expect(value).toEqual(theirs);
  expect(clashes.map((clash) => clash.path)).toEqual([["a"]]);
});

test("what both took away is gone", () => {
  expect(merge(fields("a", "b"), fields("b"), fields("b")).value).toEqual(fields("b"));
});

test("a list without keys is one value", () => {
  expect(merge(["x"], ["x", "y"], ["z"]).clashes).toHaveLength(1);
});
