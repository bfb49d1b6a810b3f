import { expect, test } from "vitest";
import { followed } from "./ListWidget";

const young = () => true;

test("the key of a new entry follows what it is called, and is never taken twice", () => {
  const before = { key: "outcome", label: {} };
  expect(followed({ key: "outcome", label: { en: "Send back" } }, before, [], "en", young)).toMatchObject({ key: "send_back" });
  expect(followed({ key: "outcome", label: { en: "Send back" } }, before, [{ key: "send_back" }], "en", young)).toMatchObject({ key: "send_back_2" });
});

test("a key that somebody wrote, or that was there before, stays", () => {
  const before = { key: "outcome", label: {} };
  const typed = { key: "mine", label: { en: "Send back" } };
  expect(followed(typed, before, [], "en", young)).toBe(typed);
  const old = { key: "outcome", label: { en: "Send back" } };
  expect(followed(old, before, [], "en", () => false)).toBe(old);
  expect(followed("words", "word", [], "en", young)).toBe("words");
});
