import { expect, test } from "vitest";
import { kindsOf } from "../model/forms";
import { type Json, put, type Thing } from "../model/json";
import type { FieldType } from "../model/start";
import { aDesign, aStart, BELL, CHEST, ORACLE, question, RIDDLE } from "../testing/invented";
import { choicesFor } from "./naming";

const BOX: FieldType = { ...CHEST, key: "box", kind: "group" };
const ROWS: FieldType = { ...CHEST, kind: "rows" };
const kinds = kindsOf([RIDDLE, BOX, ROWS]);
const registry = { ...aStart().registry, services: [{ key: "maps", name: "Draw a map" }] };

function design(): Json {
  const fields = [
    question("sky"),
    { key: "map", type: "box", label: { en: "Map" }, options: { treasures: [question("sea")] } },
    { key: "finds", type: "chest", label: { en: "Finds" }, options: { treasures: [question("ring")] } },
  ];
  const nodes: Thing[] = [
    { key: "ask", type: "oracle", answers: [{ key: "yes", label: { en: "Yes" }, to: "rest" }, { key: "no", to: "rest" }], otherwise: "rest" },
    { key: "late", type: "bell", on: "ask" },
  ];
  const one = put(aDesign(), ["forms", "quest", "pages"], [{ key: "p", fields }]);
  return put(put(one, ["forms", "staff"], { pages: [{ key: "s", fields: [question("note")] }] }), ["workflow", "nodes"], nodes);
}

const offered = (widget: string, path: (string | number)[] = []): [unknown, string][] =>
  (choicesFor(widget, { document: design(), registry: { ...registry, node_types: [ORACLE, BELL] }, kinds, language: "en", path }) ?? []).map((one) => [one.value, one.label]);

test("an answer in a group is named by its way, and rows as a whole", () => {
  expect(offered("field_path")).toEqual([
    ["sky", "What is sky?"],
    ["map.sea", "Map: What is sea?"],
    ["finds", "Finds"],
  ]);
});

test("a table names what has rows, and its columns the questions of each row", () => {
  expect(offered("rows_path")).toEqual([["finds", "Finds"]]);
  const place = ["certificates", "prize", "blocks", 0];
  const document = put(design(), place, { rows_of: "finds", columns: [{ field: "" }] });
  const namer = { document, registry, kinds, language: "en", path: [...place, "columns", 0, "field"] };
  expect(choicesFor("row_field", namer)?.map((one) => one.value)).toEqual(["ring"]);
});

test("a setting of a form names its own questions, one of a step those with which a case begins", () => {
  expect(offered("field", ["forms", "staff", "pages", 0]).map(([key]) => key)).toEqual(["note"]);
  expect(offered("field", ["workflow", "nodes", 0]).map(([key]) => key)).toContain("sky");
  expect(offered("field", ["workflow", "nodes", 0]).map(([key]) => key)).not.toContain("note");
});

test("how a watched step can end is picked, not typed", () => {
  expect(offered("outcome", ["workflow", "nodes", 1, "outcome"])).toEqual([
    ["yes", "Yes"],
    ["no", "Leads to"],
    ["otherwise", "Otherwise"],
  ]);
});

test("a service is called by what it is called", () => {
  expect(offered("service")).toEqual([["maps", "Draw a map"]]);
});
