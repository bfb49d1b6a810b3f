import { expect, test } from "vitest";
import { gridOf, movedRow, withCell, withoutColumn, withRow } from "./grid";
import type { Thing } from "./json";
import type { Schema } from "./schema";

const column: Schema = { type: "object", properties: { key: { type: "string" } } };
const cells: Schema = { type: "array", items: { type: "string" }, ui: { widget: "cells" } };
const schema: Schema = {
  type: "object",
  properties: {
    policy: { type: "string" },
    omens: { type: "array", title: "Omens", items: column },
    fates: { type: "array", title: "Fates", items: column },
    lines: { type: "array", items: { type: "object", properties: { seen: cells, then: cells, note: { type: "string" } } } },
  },
};
const table: Thing = {
  omens: [{ key: "bird" }, { key: "moon" }],
  fates: [{ key: "luck" }],
  lines: [
    { seen: ["crow", "full"], then: ["bad"] },
    { seen: ["dove", "-"], then: ["good"] },
  ],
};
const grid = gridOf(schema, schema)!;

test("rows and columns are found by the schema, whatever they are called", () => {
  expect(grid).toEqual({
    rows: "lines",
    blocks: [
      { columns: "omens", cells: "seen", title: "Omens" },
      { columns: "fates", cells: "then", title: "Fates" },
    ],
  });
  expect(gridOf({ type: "object", properties: {} }, schema)).toBeUndefined();
});

test("a short row is filled up with cells that mean anything", () => {
  const short: Thing = { ...table, lines: [{ seen: ["crow"], then: ["bad"] }] };
  expect(withCell(short, grid, 0, grid.blocks[0]!, 0, "owl").lines).toEqual([{ seen: ["owl", "-"], then: ["bad"] }]);
});

test("a new row has a cell for every column", () => {
  expect((withRow(table, grid, 1).lines as Thing[])[1]).toEqual({ seen: ["-", "-"], then: ["-"] });
});

test("a column takes its cells with it", () => {
  const left = withoutColumn(table, grid, grid.blocks[0]!, 0);
  expect(left.omens).toEqual([{ key: "moon" }]);
  expect((left.lines as Thing[]).map((row) => row.seen)).toEqual([["full"], ["-"]]);
});

test("the first row does not move up", () => {
  expect(movedRow(table, grid, 0, -1)).toBe(table);
  expect((movedRow(table, grid, 0, 1).lines as Thing[])[0]).toEqual({ seen: ["dove", "-"], then: ["good"] });
});
