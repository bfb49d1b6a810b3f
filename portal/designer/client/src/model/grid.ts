// A decision table as a grid: which list holds the rows, and which list each block of cells has its columns in.

import { type Json, list, put, text, type Thing, thing, things } from "./json";
import { ruleWords } from "./ruleWords";
import { isType, plain, type Schema } from "./schema";
import { readable } from "./texts";

export interface Block {
  // the list of columns, and the name of their cells in a row
  columns: string;
  cells: string;
  title: string;
}

export interface Grid {
  rows: string;
  blocks: Block[];
}

// Blocks of cells and lists of columns belong together in the order in which the schema names them.
export function gridOf(schema: Schema, root: Schema): Grid | undefined {
  const lists = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const shape = plain(part, root);
    const items = shape.items && plain(shape.items, root);
    return isType(shape, "array") && items?.properties ? [{ name, title: shape.title ?? name, items }] : [];
  });
  const cellsOf = (items: Schema): string[] =>
    Object.entries(items.properties ?? {}).flatMap(([name, part]) => (plain(part, root).ui?.widget === "cells" ? [name] : []));
  const rows = lists.find((one) => cellsOf(one.items).length > 0);
  if (!rows) return undefined;
  const columns = lists.filter((one) => one !== rows);
  const cells = cellsOf(rows.items);
  return {
    rows: rows.name,
    blocks: cells.flatMap((name, index) => {
      const column = columns[index];
      return column ? [{ columns: column.name, cells: name, title: column.title }] : [];
    }),
  };
}

export const ANYTHING = "-";

// A column without a heading is called by the question that it asks.
export const columnName = (column: Thing, language: string, labels: ReadonlyMap<string, string> = new Map()): string =>
  readable(column.label, language) || text(column.key) || ruleWords(text(column.expression), labels);

export const cellAt = (row: Thing, block: Block, index: number): string => text(list(row[block.cells])[index]);

// As many cells as there are columns; what is new says "anything".
const fitted = (cells: Json | undefined, width: number): Json[] =>
  Array.from({ length: width }, (_, index) => list(cells)[index] ?? ANYTHING);

export function withCell(table: Thing, grid: Grid, row: number, block: Block, index: number, words: string): Thing {
  const width = list(table[block.columns]).length;
  const cells = fitted(things(table[grid.rows])[row]?.[block.cells], width);
  cells[index] = words;
  return thing(put(table, [grid.rows, row, block.cells], cells));
}

export function withRow(table: Thing, grid: Grid, place: number): Thing {
  const made: Thing = {};
  for (const block of grid.blocks) made[block.cells] = fitted([], list(table[block.columns]).length);
  const rows = [...list(table[grid.rows])];
  rows.splice(place, 0, made);
  return { ...table, [grid.rows]: rows };
}

export const withoutRow = (table: Thing, grid: Grid, row: number): Thing => ({
  ...table,
  [grid.rows]: list(table[grid.rows]).filter((_, index) => index !== row),
});

export function movedRow(table: Thing, grid: Grid, row: number, step: -1 | 1): Thing {
  const rows = [...list(table[grid.rows])];
  const [taken] = rows.splice(row, 1);
  if (taken === undefined || row + step < 0 || row + step > rows.length) return table;
  rows.splice(row + step, 0, taken);
  return { ...table, [grid.rows]: rows };
}

// A column that goes takes its cells with it.
export function withoutColumn(table: Thing, grid: Grid, block: Block, column: number): Thing {
  const kept = (value: Json | undefined): Json[] => list(value).filter((_, index) => index !== column);
  const rows = things(table[grid.rows]).map((row) => ({ ...row, [block.cells]: kept(row[block.cells]) }));
  return { ...table, [block.columns]: kept(table[block.columns]), [grid.rows]: rows };
}
