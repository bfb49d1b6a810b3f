import { expect, test } from "vitest";
import { aDesign } from "../testing/invented";
import { nameOf, selectable, tabOf, under, worst } from "./problems";
import type { Problem } from "./start";

const problem = (path: Problem["path"], severity: Problem["severity"] = "mend"): Problem => ({ path, sentence: "Mend this", severity });
const FIELD = ["forms", "quest", "pages", 0, "fields", 1];

test("a problem within a question belongs to the question, its page and its form", () => {
  const problems = [problem([...FIELD, "label", "fr"], "look")];
  expect(under(problems, FIELD)).toHaveLength(1);
  expect(under(problems, FIELD.slice(0, 4))).toHaveLength(1);
  expect(under(problems, [...FIELD.slice(0, 5), 0])).toHaveLength(0);
});

test("to mend counts before to look at", () => {
  expect(worst([problem(FIELD, "look"), problem(FIELD)])).toBe("mend");
  expect(worst([])).toBeUndefined();
});

test.each([
  [[...FIELD, "options", "choices", 2], FIELD, "form", "What is sea?"],
  [["workflow", "nodes", 1, "answers", 0, "to"], ["workflow", "nodes", 1], "workflow", "Ask"],
  [["forms", "quest", "pages", 1, "title"], ["forms", "quest", "pages", 1], "form", "Second"],
  [["title"], ["title"], "overview", "title"],
])("%j leads to %j", (path, place, tab, name) => {
  expect(selectable(aDesign(), path)).toEqual(place);
  expect(tabOf(path)).toBe(tab);
  expect(nameOf(aDesign(), path, "en")).toBe(name);
});
