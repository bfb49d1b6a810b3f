import { describe, expect, test } from "vitest";
import { aDesign, BELL, GATE, ORACLE, TOMB } from "../testing/invented";
import { at, type Json, put, text, type Thing } from "./json";
import { addOn, addStep, arrivals, duplicateStep, mainWay, removeStep, renameStep, stepKindsOf, stepsOf, ways } from "./steps";

const kinds = stepKindsOf([GATE, ORACLE, BELL, TOMB]);
const keys = (document: Json): string[] => stepsOf(document).map((step) => text(step.key));
const step = (document: Json, key: string): Thing => stepsOf(document).find((one) => one.key === key) ?? {};

test("ways are found by the schema, also in lists, with what they are called", () => {
  const found = ways(step(aDesign(), "ask"), kinds);
  expect(found.map((way) => [way.path.join("."), way.to, way.label ?? way.title])).toEqual([
    ["answers.0.to", "tomb", { en: "Yes" }],
    ["answers.1.to", "ask", { en: "Again" }],
    ["otherwise", "tomb", "Otherwise"],
  ]);
});

test("a step is added where the case goes on, not on a way that nobody uses", () => {
  const found = ways({ type: "oracle", answers: [{ to: "tomb" }], otherwise: "" }, kinds);
  expect(mainWay(found)?.path).toEqual(["answers", 0, "to"]);
  expect(mainWay(ways({ type: "oracle", answers: [{}] }, kinds))?.path).toEqual(["answers", 0, "to"]);
});

test("who leads to a step is known", () => {
  expect(arrivals(aDesign(), "tomb", kinds).map(({ index, way }) => `${index} ${way.path.join(".")}`)).toEqual(["1 answers.0.to", "1 otherwise"]);
});

describe("adding", () => {
  test("a step on a way comes between, and all of its ways lead on", () => {
    const { document, place } = addStep(aDesign(), ORACLE, kinds, { index: 0, way: ["next"] });
    expect(at(document, ["workflow", "nodes", 0, "next"])).toBe("oracle");
    expect(place).toEqual(["workflow", "nodes", 1]);
    expect(ways(step(document, "oracle"), kinds).map((way) => way.to)).toEqual(["ask", ""]);
  });
  test("the first step of all is where a case begins", () => {
    const empty = { workflow: { nodes: [] } };
    expect(at(addStep(empty, GATE, kinds).document, ["workflow", "start"])).toBe("gate");
  });
  test("what watches a step is set on it", () => {
    const { document, place } = addOn(aDesign(), BELL, kinds, 1);
    expect(at(document, [...place, "on"])).toBe("ask");
  });
});

describe("taking away", () => {
  test("what led to it leads on, and what sat on it goes too", () => {
    const design = addOn(aDesign(), BELL, kinds, 1).document;
    const left = removeStep(design, 1, kinds);
    expect(keys(left)).toEqual(["gate", "tomb"]);
    expect(at(left, ["workflow", "nodes", 0, "next"])).toBe("tomb");
  });
  test("a start that goes away passes on the beginning", () => {
    expect(at(removeStep(aDesign(), 0, kinds), ["workflow", "start"])).toBe("ask");
  });
});

test("a copy has a name of its own and leads to the same", () => {
  const { document } = duplicateStep(aDesign(), 1);
  expect(keys(document)).toEqual(["gate", "ask", "ask_2", "tomb"]);
});

test("a new name is followed by ways, hosts and the start", () => {
  const design = addOn(aDesign(), BELL, kinds, 1).document;
  const renamed = renameStep(design, 1, "question", kinds);
  expect(at(renamed, ["workflow", "nodes", 0, "next"])).toBe("question");
  expect(at(renamed, ["workflow", "nodes", 1, "answers", 1, "to"])).toBe("question");
  expect(step(renamed, "bell").on).toBe("question");
  expect(at(renameStep(design, 0, "door", kinds), ["workflow", "start"])).toBe("door");
});

test("words that happen to be like a key stay as they are", () => {
  const design = put(aDesign(), ["workflow", "nodes", 1, "title"], { en: "ask" });
  expect(at(renameStep(design, 1, "question", kinds), ["workflow", "nodes", 1, "title"])).toEqual({ en: "ask" });
});
