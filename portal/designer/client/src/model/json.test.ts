import { describe, expect, test } from "vitest";
import { anchor, at, insert, put, remove, resolve, same, type Thing } from "./json";

const document: Thing = { pages: [{ key: "a", fields: [{ key: "x", n: 1 }, { key: "y" }] }, { key: "b" }] };

describe("editing by path", () => {
  test("a changed value leaves what is not on the way as it is", () => {
    const changed = put(document, ["pages", 0, "fields", 0, "n"], 2);
    expect(at(changed, ["pages", 0, "fields", 0, "n"])).toBe(2);
    expect(at(changed, ["pages", 1])).toBe(at(document, ["pages", 1]));
    expect(at(document, ["pages", 0, "fields", 0, "n"])).toBe(1);
  });
  test("what is missing on the way is made", () => {
    expect(put({}, ["options", "choices"], ["a"])).toEqual({ options: { choices: ["a"] } });
  });
  test("a list entry is put in and taken out", () => {
    const more = insert(document, ["pages", 1], { key: "c" });
    expect(at(more, ["pages", 1, "key"])).toBe("c");
    expect(same(remove(more, ["pages", 1]), document)).toBe(true);
  });
  test("names of the prototype are not values", () => {
    expect(at({}, ["constructor"])).toBeUndefined();
  });
});

describe("anchors", () => {
  test("a place is found again by its keys after entries were moved", () => {
    const place = anchor(document, ["pages", 0, "fields", 1]);
    expect(place).toEqual(["pages", "a", "fields", "y"]);
    const moved: Thing = { pages: [{ key: "b" }, at(document, ["pages", 0]) ?? null] };
    expect(resolve(moved, place)).toEqual(["pages", 1, "fields", 1]);
  });
  test("a place that is gone is not found", () => {
    expect(resolve({ pages: [] }, ["pages", "a"])).toBeUndefined();
  });
});
