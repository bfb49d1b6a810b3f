import { expect, test } from "vitest";
import { formKeys } from "./places";

const workflow = (form: string) => ({ start: "go", nodes: [{ key: "else", form: "b" }, { key: "go", form }] });

test("the form that the service begins with comes first, the others as they stand", () => {
  expect(formKeys({ forms: { a: {}, b: {}, c: {} }, workflow: workflow("c") })).toEqual(["c", "a", "b"]);
});

test("a start without a form, or with one that is not there, changes nothing", () => {
  expect(formKeys({ forms: { a: {}, b: {} } })).toEqual(["a", "b"]);
  expect(formKeys({ forms: { a: {}, b: {} }, workflow: workflow("gone") })).toEqual(["a", "b"]);
});
