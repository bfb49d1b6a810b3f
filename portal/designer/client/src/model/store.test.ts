import { expect, test, vi } from "vitest";
import { aDesign, aStart } from "../testing/invented";
import { at, put } from "./json";
import { Store } from "./store";

const title = (words: string): ReturnType<typeof put> => put(aDesign(), ["title", "en"], words);

test("what was done is undone and done again, with what was chosen", () => {
  const store = new Store(aStart(), "form");
  store.select(["forms", "quest", "pages", 0]);
  store.change(title("Second"), ["forms", "quest", "pages", 1]);
  store.undo();
  expect(at(store.state.document, ["title", "en"])).toBe("Solve riddles");
  expect(store.state.where.path).toEqual(["forms", "quest", "pages", 0]);
  store.redo();
  expect(at(store.state.document, ["title", "en"])).toBe("Second");
  expect(store.state.future).toEqual([]);
});

test("letters typed one after another are undone together", () => {
  vi.useFakeTimers();
  const store = new Store(aStart());
  for (const words of ["S", "So", "Som"]) store.change(title(words), null, [], "title");
  vi.advanceTimersByTime(5_000);
  store.change(title("Some"), null, [], "title");
  store.undo();
  expect(at(store.state.document, ["title", "en"])).toBe("Som");
  store.undo();
  expect(at(store.state.document, ["title", "en"])).toBe("Solve riddles");
  vi.useRealTimers();
});

test("what others saved comes in below what was typed since, and undo does not take it away", () => {
  const store = new Store(aStart());
  const sent = title("Mine");
  store.change(sent, ["forms", "quest", "pages", 1]);
  const theirs = put(put(sent, ["summary"], { en: "Theirs" }), ["forms", "quest", "pages"], [{ key: "zero", title: {}, fields: [] }, ...(at(sent, ["forms", "quest", "pages"]) as [])]);
  store.rebase(sent, theirs);
  expect(store.state.where.path).toEqual(["forms", "quest", "pages", 2]);
  store.undo();
  expect(at(store.state.document, ["title", "en"])).toBe("Solve riddles");
  expect(at(store.state.document, ["summary", "en"])).toBe("Theirs");
});
