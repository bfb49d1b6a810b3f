import { expect, test } from "vitest";
import { changedPages, merged } from "./sideBySide";

const page = (key: string, ...fields: string[]) => ({ key, title: key, fields: fields.map((one) => ({ key: one, type: "riddle", label: one })) });
const form = (...pages: ReturnType<typeof page>[]) => ({ quest: { pages } });

test("what is gone stands behind what it followed", () => {
  expect(merged(["a", "b", "c"], ["a", "c", "d"])).toEqual(["a", "b", "c", "d"]);
  expect(merged(["x", "a"], ["a"])).toEqual(["x", "a"]);
  expect(merged([], ["a"])).toEqual(["a"]);
});

test("only pages on which something is different are shown, question beside question", () => {
  const before = form(page("one", "sky", "sea"), page("two", "ring"));
  const after = form(page("one", "sky", "fire"), page("two", "ring"));
  const marks = new Map([["field/quest/fire", "added"], ["field/quest/sea", "removed"]]);
  const pages = changedPages(before, after, marks);
  expect(pages.map((one) => one.key)).toEqual(["one"]);
  expect(pages[0]?.rows.map((row) => [row.key, Boolean(row.before), Boolean(row.after), row.mark])).toEqual([
    ["sky", true, true, undefined],
    ["sea", true, false, "removed"],
    ["fire", false, true, "added"],
  ]);
});

test("of nothing published before, every page is new", () => {
  expect(changedPages(undefined, form(page("one", "sky")), new Map([["page/quest/one", "added"]]))).toHaveLength(1);
});
