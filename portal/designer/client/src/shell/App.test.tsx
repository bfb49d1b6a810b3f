// @vitest-environment jsdom
// The client draws kinds that it cannot know: what the server's registry says is all that it needs.
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Calls } from "../model/calls";
import { at, things } from "../model/json";
import { Store } from "../model/store";
import { aStart } from "../testing/invented";
import { App } from "./App";
import { makeDesk } from "./desk";

let root: Root;
let place: HTMLElement;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, ResizeObserver: class { observe() {} unobserve() {} disconnect() {} } });
  place = document.createElement("div");
  document.body.append(place);
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  place.remove();
});

async function open(tab: string): Promise<Store> {
  const start = aStart();
  const store = new Store(start, tab);
  const calls = new Calls("", () => Promise.reject(new TypeError("offline")));
  await act(async () => root.render(<App desk={makeDesk(start, store, calls)} />));
  await until(() => !place.querySelector(".cwd-loading"));
  return store;
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !holds(); turn += 1) await act(() => new Promise((done) => setTimeout(done, 25)));
  expect(holds()).toBe(true);
}

const button = (words: string): HTMLButtonElement => {
  const found = [...place.querySelectorAll("button")].find((one) => one.textContent?.trim() === words || one.getAttribute("aria-label") === words);
  if (!found) throw new Error(`There is no button "${words}".`);
  return found;
};
const press = (words: string): Promise<void> => act(async () => button(words).click());

test("a kind of question that was invented for this test is offered, added and drawn", async () => {
  const store = await open("form");
  await press("Riddle");
  const fields = things(at(store.state.document, ["forms", "quest", "pages", 0, "fields"]));
  expect(fields.map((field) => field.key)).toEqual(["sky", "sea", "riddle"]);
  expect(place.querySelector(".cwd-question--on")?.textContent).toContain("A new riddle");
  const panel = place.querySelector(".cwd-pane--end")?.textContent ?? "";
  expect(panel).toContain("Solution");
  expect(panel).toContain("Tries");
});

test("its own sentences for mistakes stand among the rules", async () => {
  await open("form");
  await press("What is sky?");
  await press("Rules");
  expect(place.querySelector(".cwd-pane--end")?.textContent).toContain("Solve the riddle");
});

test("a group shows what it holds, and a question inside it can be chosen", async () => {
  const store = await open("form");
  await act(async () => store.select(["forms", "quest", "pages", 1]));
  await press("What is ring?");
  expect(store.state.where.path?.at(-2)).toBe("treasures");
});

test("the toolbar moves, copies and deletes, and undo brings it back", async () => {
  const store = await open("form");
  const keys = (): unknown[] => things(at(store.state.document, ["forms", "quest", "pages", 0, "fields"])).map((field) => field.key);
  await press("What is sky?");
  await press("Move down");
  expect(keys()).toEqual(["sea", "sky"]);
  await press("Duplicate");
  expect(keys()).toEqual(["sea", "sky", "sky_2"]);
  await press("Delete");
  await press("Undo");
  expect(keys()).toEqual(["sea", "sky", "sky_2"]);
});

test("a text in another language is written beside the first", async () => {
  const store = await open("form");
  await press("What is sky?");
  await press("FR missing");
  const input = [...place.querySelectorAll<HTMLInputElement>(".cwd-pane--end input")].find((one) => one.lang === "fr");
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, "Qu’est-ce que le ciel ?");
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(at(store.state.document, ["forms", "quest", "pages", 0, "fields", 0, "label"])).toEqual({ en: "What is sky?", fr: "Qu’est-ce que le ciel ?" });
});

test("a kind of step that was invented for this test is added from the outline, and drawn with its ways", async () => {
  Object.assign(globalThis, { matchMedia: () => ({ matches: true, addEventListener() {}, removeEventListener() {} }) });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  const store = await open("workflow");
  await press("Add a step after Ask, Yes");
  await act(async () => [...place.querySelectorAll("dialog button")].find((one) => one.textContent === "Oracle")?.dispatchEvent(new MouseEvent("click", { bubbles: true })));
  const nodes = things(at(store.state.document, ["workflow", "nodes"]));
  expect(nodes.map((node) => node.key)).toEqual(["gate", "ask", "oracle", "tomb"]);
  expect(at(store.state.document, ["workflow", "nodes", 1, "answers", 0, "to"])).toBe("oracle");
  expect(place.querySelector(".cwd-pane--end")?.textContent).toContain("Otherwise");
});
