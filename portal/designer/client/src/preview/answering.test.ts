// @vitest-environment jsdom
import { expect, test } from "vitest";
import { outline, typedIn } from "./answering";

const page = (inner: string): string => `<main><form><div>${inner}</div><button type="submit" name="rows-add" value="1">Add</button></form></main>`;

test("what stands in the inputs is told by their names, with the button that was pressed", () => {
  document.body.innerHTML = page('<input name="dog" value="Rex"><input type="checkbox" name="of" value="a" checked><input type="checkbox" name="of" value="b" checked><input type="radio" name="yes" value="no">');
  expect(typedIn(document)).toEqual({ dog: ["Rex"], of: ["a", "b"] });
  expect(typedIn(document, document.querySelector("button"))).toMatchObject({ "rows-add": ["1"] });
});

test("a page is the same with other answers in it, and another when it asks something else", () => {
  const one = page('<input name="dog" value="Rex"><input type="radio" name="y" value="yes">');
  expect(outline(page('<input name="dog" value="Max"><input type="radio" name="y" value="yes" checked>'))).toBe(outline(one));
  expect(outline(page('<input name="dog"><input name="cat">'))).not.toBe(outline(one));
  expect(outline(page('<input name="dog"><input type="radio" name="y" value="no">'))).not.toBe(outline(one));
});
