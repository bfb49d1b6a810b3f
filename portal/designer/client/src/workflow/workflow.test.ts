import { describe, expect, test } from "vitest";
import { addOn, addStep, stepKindsOf } from "../model/steps";
import { type Json, put } from "../model/json";
import { aDesign, aStart, BELL, GATE, ORACLE, TOMB } from "../testing/invented";
import { drawingOf } from "./drawing";
import { inFamilies } from "./families";
import { graphOf, iconOf, told } from "./graph";
import { place } from "./layout";
import { outlined, type Row } from "./outlined";
import { exampleEnd } from "./sentence";
import { beside } from "./useWorkflowKeys";

const kinds = stepKindsOf([GATE, ORACLE, BELL, TOMB]);
const graph = (document: Json = aDesign()): ReturnType<typeof graphOf> => graphOf(document, kinds, aStart().registry, "en");

// Rows as lines of text, indented like the list.
function lines(rows: Row[], depth = 0): string[] {
  return rows.flatMap((row) => {
    const indent = "  ".repeat(depth);
    if (row.kind === "step") return [`${indent}${row.step.key}`];
    if (row.kind === "elsewhere") return [`${indent}-> ${row.to.key}`];
    return [`${indent}[${row.line.label}]`, ...lines(row.rows, depth + 1)];
  });
}

test("the outline names each step once, and where the list goes on elsewhere", () => {
  const { rows, loose } = outlined(graph(), "gate");
  expect(lines(rows)).toEqual(["gate", "ask", "[Yes]", "  -> tomb", "[Again]", "  -> ask", "[Otherwise]", "tomb"]);
  expect(loose).toEqual([]);
});

test("a setting of a step may ask for an icon of its own", () => {
  const kind = { ...TOMB, icon_svg: "<check/>", icons: { outcome: { refused: "<ban/>" } } };
  expect(iconOf({ type: "tomb" }, kind)).toBe("<check/>");
  expect(iconOf({ type: "tomb", outcome: "refused" }, kind)).toBe("<ban/>");
});

test("the kinds used most stand first in their family", () => {
  const kinds = [
    { family: "end", key: "a" },
    { family: "person", key: "b" },
    { family: "person", key: "c", common: 2 },
    { family: "person", key: "d", common: 1 },
  ];
  expect(inFamilies(kinds).map(([family, found]) => [family, found.map((kind) => kind.key).join("")])).toEqual([
    ["person", "dcb"],
    ["end", "a"],
  ]);
});

test("a step that nothing leads to is not lost", () => {
  const { document } = addStep(aDesign(), ORACLE, kinds);
  expect(outlined(graph(document), "gate").loose.map((step) => step.key)).toEqual(["oracle"]);
});

test("what sits on a step stands below it", () => {
  const design = put(addOn(aDesign(), BELL, kinds, 1).document, ["workflow", "nodes", 3, "next"], "tomb");
  expect(lines(outlined(graph(design), "gate").rows)).toContain("bell");
});

describe("the layout", () => {
  test("goes from top to bottom, and puts what sits on a step on its edge", () => {
    const { spots } = place(drawingOf(graph(addOn(aDesign(), BELL, kinds, 1).document)));
    const [gate, ask, tomb, bell] = ["gate", "ask", "tomb", "bell"].map((key) => spots.get(key));
    expect(gate!.y).toBeLessThan(ask!.y);
    expect(ask!.y).toBeLessThan(tomb!.y);
    expect(bell!.y).toBeGreaterThan(ask!.y);
    expect(bell!.y).toBeLessThan(ask!.y + ask!.height);
  });
  test("a way to the step itself is drawn", () => {
    const drawn = graph();
    const again = drawn.lines.find((line) => line.label === "Again");
    expect(place(drawingOf(drawn)).routes.get(again?.id ?? "")?.points).toHaveLength(4);
  });
  test("typing a name on a card moves nothing", () => {
    const named = put(aDesign(), ["workflow", "nodes", 1, "title", "en"], "A much longer name than before");
    expect(drawingOf(graph(named))).toEqual(drawingOf(graph()));
  });
});

test("a screen reader hears the kind, the name, and where it leads", () => {
  const drawn = graph();
  expect(told(drawn.steps[1]!, drawn)).toBe("Oracle. Ask. Yes leads to Rest. Again leads to Ask. Otherwise leads to Rest");
});

test("arrows follow the ways", () => {
  const drawn = graph();
  const [gate, ask, tomb] = drawn.steps;
  expect(beside(drawn, gate!, "ArrowDown")).toBe(ask);
  expect(beside(drawn, tomb!, "ArrowUp")).toBe(ask);
  expect(beside(drawn, gate!, "ArrowUp")).toBeUndefined();
});

test.each([
  ["working_days", 4, new Date(2026, 10, 11, 15)],
  ["days", 4, new Date(2026, 10, 9, 15)],
  ["hours", 12, new Date(2026, 10, 6, 3)],
  ["months", 1, new Date(2026, 11, 5, 15)],
])("from Thursday, %s %i end on %s", (unit, amount, end) => expect(exampleEnd(unit, amount)).toEqual(end));

test("working hours have no example, because they depend on opening hours", () => {
  expect(exampleEnd("working_hours", 8)).toBeUndefined();
});
