import { expect, test } from "vitest";
import { arcs, byWhatDecides, type Line } from "./decides";

const end = (key: string, page: number, field?: number): Line["from"] => ({ key, name: key.toUpperCase(), path: field === undefined ? ["forms", "f", "pages", page] : ["forms", "f", "pages", page, "fields", field] });
const line = (from: Line["from"], to: Line["from"]): Line => ({ sentence: `${from.key} ${to.key}`, from, to });
const a = end("a", 0, 0);
const b = end("b", 0, 10);
const second = end("page two", 1);

test("what one answer decides stands together", () => {
  expect(byWhatDecides([line(a, b), line(b, second), line(a, second)]).map(([name, lines]) => [name, lines.length])).toEqual([
    ["A", 2],
    ["B", 1],
  ]);
});

test("a drawing has everything once, in the order of the form, and one bow for two", () => {
  const { ends, bows } = arcs([line(b, second), line(a, second), line(a, second), line(a, a)]);
  expect(ends.map((one) => one.key)).toEqual(["a", "b", "page two"]);
  expect(bows).toEqual([
    { from: 1, to: 2, far: 1 },
    { from: 0, to: 2, far: 2 },
  ]);
});
