import { describe, expect, test } from "vitest";
import { aDesign, CHEST, question, RIDDLE } from "../testing/invented";
import { addField, addFields, duplicate, kindsOf, moveBy, moveTo, moveToPage, removeAll } from "./forms";
import { at, type Json, type Path, things } from "./json";
import { renameField } from "./renaming";

const kinds = kindsOf([RIDDLE, CHEST]);
const page = (index: number): Path => ["forms", "quest", "pages", index, "fields"];
const keys = (document: Json, index: number): unknown[] => things(at(document, page(index))).map((field) => field.key);

describe("adding", () => {
  test("a new question has a key that no other has, also not inside a group", () => {
    const once = addField(aDesign(), [...page(0), 1], RIDDLE, kinds);
    expect(keys(once.document, 0)).toEqual(["sky", "riddle", "sea"]);
    const twice = addField(once.document, [...page(1), 1], RIDDLE, kinds);
    expect(keys(twice.document, 1)).toEqual(["box", "riddle_2"]);
  });
  test("a block brings several, and none takes a name that is taken", () => {
    const { document, places } = addFields(aDesign(), [...page(0), 0], [question("sky"), question("ring")], kinds);
    expect(keys(document, 0)).toEqual(["sky_2", "ring_2", "sky", "sea"]);
    expect(places).toEqual([[...page(0), 0], [...page(0), 1]]);
  });
});

describe("moving", () => {
  test("down and up again is where it was", () => {
    const down = moveBy(aDesign(), [[...page(0), 0]], 1);
    expect(keys(down.document, 0)).toEqual(["sea", "sky"]);
    expect(moveBy(down.document, down.places, -1).document).toEqual(aDesign());
  });
  test("the last does not move further down", () => {
    const design = aDesign();
    expect(moveBy(design, [[...page(0), 1]], 1).document).toBe(design);
  });
  test("several go to another page together and stay chosen", () => {
    const { document, places } = moveToPage(aDesign(), [[...page(0), 1], [...page(0), 0]], 1);
    expect(keys(document, 0)).toEqual([]);
    expect(keys(document, 1)).toEqual(["box", "sky", "sea"]);
    expect(places).toEqual([[...page(1), 1], [...page(1), 2]]);
  });
  test("a group is never moved into itself", () => {
    const design = aDesign();
    const inner = [...page(1), 0, "options", "treasures"];
    expect(moveTo(design, [[...page(1), 0]], inner, 0).document).toBe(design);
  });
  test("a question goes into a group on the same list, whose place shifts", () => {
    const before = addField(aDesign(), [...page(1), 0], RIDDLE, kinds).document;
    const { document } = moveTo(before, [[...page(1), 0]], [...page(1), 1, "options", "treasures"], 0);
    expect(keys(document, 1)).toEqual(["box"]);
    expect(things(at(document, [...page(1), 0, "options", "treasures"])).map((one) => one.key)).toEqual(["riddle", "ring"]);
  });
});

describe("taking away and copying", () => {
  test("after taking away, the neighbour is chosen", () => {
    const { document, places } = removeAll(aDesign(), [[...page(0), 1]]);
    expect(keys(document, 0)).toEqual(["sky"]);
    expect(places).toEqual([[...page(0), 0]]);
  });
  test("a copied group brings what it holds under new names", () => {
    const { document } = duplicate(aDesign(), [[...page(1), 0]], kinds);
    expect(keys(document, 1)).toEqual(["box", "box_2"]);
    expect(at(document, [...page(1), 1, "options", "treasures", 0, "key"])).toBe("ring_2");
  });
  test("a copied page has questions of its own", () => {
    const { document } = duplicate(aDesign(), [["forms", "quest", "pages", 0]], kinds);
    expect(keys(document, 1)).toEqual(["sky_2", "sea_2"]);
  });
});

test("rules and texts follow a new name, and words that only look like it do not", () => {
  const design = addFields(aDesign(), [...page(0), 2], [question("sun", { show_when: 'answers.sky == "blue" && answers.skyline' })], kinds).document;
  const renamed = renameField(design, [...page(0), 0], "heaven");
  expect(at(renamed, [...page(0), 2, "show_when"])).toBe('answers.heaven == "blue" && answers.skyline');
});

test("what is put in twice gets names of its own, and rules among the new questions speak of each other", () => {
  const kept = [question("sky"), question("rain", { show_when: "answers.sky == 'grey' && answers.sea == 'x'" })];
  const once = addFields(aDesign(), ["forms", "quest", "pages", 0, "fields", 2], kept, kinds).document;
  const added = things(at(once, ["forms", "quest", "pages", 0, "fields"])).slice(2);
  expect(added.map((field) => field.key)).toEqual(["sky_2", "rain"]);
  expect(added[1]?.show_when).toBe("answers.sky_2 == 'grey' && answers.sea == 'x'");
});
