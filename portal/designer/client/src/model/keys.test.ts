import { expect, test } from "vitest";
import { freshKey, keyFrom, unique } from "./keys";

test.each([
  ["What will you sell?", "what_will_you_sell"],
  ["Été à la mer", "ete_a_la_mer"],
  ["2 rooms", "rooms"],
  ["اسم المنشأة", "question"],
])("%s becomes %s", (words, key) => expect(keyFrom(words, "question")).toBe(key));

test("a key is never given twice", () => {
  expect(unique("name", ["name", "name_2"])).toBe("name_3");
  expect(unique("name_2", ["name_2"])).toBe("name_3");
  expect(freshKey("Name", "question", [])).toBe("name");
});
