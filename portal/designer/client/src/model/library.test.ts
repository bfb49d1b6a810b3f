import { expect, test } from "vitest";
import { aDesign, aStart } from "../testing/invented";
import { at, type Thing, things } from "./json";
import { addPattern } from "./library";
import { stepKindsOf, stepsOf } from "./steps";

const KINDS = stepKindsOf(aStart().registry.node_types);
const PATTERN: Thing[] = [
  { key: "ask", type: "oracle", title: { en: "Ask again" }, answers: [{ label: { en: "work.ask" }, to: "second" }, { label: { en: "Away" }, to: "nowhere" }], otherwise: "tomb" },
  { key: "second", type: "oracle", answers: [{ to: "ask" }] },
  { key: "ring", type: "bell", on: "ask", next: "second" },
];

test("a pattern comes on a way: its names are made unique, its ways follow, and those that lead nowhere go on", () => {
  const { document, place } = addPattern(aDesign(), PATTERN, KINDS, { index: 0, way: ["next"] });
  expect(place).toEqual(["workflow", "nodes", 1]);
  expect(stepsOf(document).map((step) => step.key)).toEqual(["gate", "ask_2", "second", "ring", "ask", "tomb"]);
  expect(at(document, ["workflow", "nodes", 0, "next"])).toBe("ask_2");
  const [first, second, bell] = things(at(document, ["workflow", "nodes"])).slice(1);
  expect(things(first?.answers).map((answer) => answer.to)).toEqual(["second", "ask"]);
  expect(at(first ?? null, ["answers", 0, "label", "en"])).toBe("work.ask_2");
  expect(first?.otherwise).toBe("tomb");
  expect(at(second ?? null, ["answers", 0, "to"])).toBe("ask_2");
  expect(bell?.on).toBe("ask_2");
});

test("in an empty workflow a pattern is the workflow; put in twice, nothing of the first is touched", () => {
  const nodes = things(at(aDesign(), ["workflow", "nodes"]));
  const empty = { ...aDesign(), workflow: { nodes: [] } };
  const once = addPattern(empty, nodes, KINDS).document;
  expect(at(once, ["workflow"])).toEqual({ start: "gate", nodes });
  const twice = addPattern(once, nodes, KINDS).document;
  expect(things(at(twice, ["workflow", "nodes"])).slice(0, 3)).toEqual(nodes);
  expect(stepsOf(twice).map((step) => step.key).slice(3)).toEqual(["gate_2", "ask_2", "tomb_2"]);
  expect(at(twice, ["workflow", "start"])).toBe("gate");
});
