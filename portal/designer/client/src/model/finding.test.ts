import { expect, test } from "vitest";
import { nearest } from "./finding";

const all = ["Wait for a condition", "Conditional", "Condition", "Other"].map((label) => ({ label }));

test("who types a whole name means that one, not one that has the name in it", () => {
  expect(nearest(all, "condition")?.label).toBe("Condition");
  expect(nearest(all, "conditi")?.label).toBe("Conditional");
  expect(nearest(all, "wait")?.label).toBe("Wait for a condition");
  expect(nearest(all, "nothing like it")?.label).toBe("Wait for a condition");
  expect(nearest([], "x")).toBeUndefined();
});
