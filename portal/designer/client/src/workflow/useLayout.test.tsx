// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Json, put, type Thing } from "../model/json";
import { stepKindsOf } from "../model/steps";
import { aDesign, aStart } from "../testing/invented";
import type { Drawing } from "./drawing";
import { graphOf } from "./graph";
import { type Placed, place } from "./layout";

type Asked = { turn: number; drawing: Drawing };
const asked: Asked[] = [];
let say: (name: string, event: object) => void = () => {};

class HeldWorker {
  #heard = new Map<string, (event: object) => void>();
  constructor() {
    say = (name, event) => this.#heard.get(name)?.(event);
  }
  addEventListener(name: string, listener: (event: object) => void): void {
    this.#heard.set(name, listener);
  }
  postMessage(one: Asked): void {
    asked.push(one);
  }
}

const START = aStart();
const chain = (count: number): Json => {
  const nodes = Array.from({ length: count }, (_, index): Thing => ({ key: `s${index}`, type: "gate", next: `s${index + 1}` }));
  return put(aDesign(), ["workflow", "nodes"], nodes);
};

beforeEach(() => {
  vi.resetModules();
  asked.length = 0;
  localStorage.clear();
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  vi.stubGlobal("Worker", HeldWorker);
});
afterEach(() => vi.unstubAllGlobals());

async function drawn(document: Json): Promise<() => Placed> {
  const { useLayout } = await import("./useLayout");
  let placed: Placed | undefined;
  const graph = graphOf(document, stepKindsOf(START.registry.node_types), START.registry, "en");
  const Part = (): null => ((placed = useLayout(graph)), null);
  await act(async () => createRoot(window.document.createElement("div")).render(<Part />));
  return () => placed ?? { spots: new Map(), routes: new Map() };
}

test("a few steps are placed at once, and no worker is asked", async () => {
  expect((await drawn(chain(20)))().spots.size).toBe(20);
  expect(asked).toEqual([]);
});

test("many steps are placed by a worker, from plain data, and the same as the page would", async () => {
  const placed = await drawn(chain(80));
  expect(placed().spots.size).toBe(0);
  const [{ turn, drawing } = { turn: 0, drawing: { steps: [], lines: [] } }] = asked;
  const answer = place(structuredClone(drawing));
  await act(async () => say("message", { data: { turn, placed: answer } }));
  expect(placed()).toBe(answer);
  expect(placed().spots.size).toBe(80);
});

test("where the worker fails, the page places them itself", async () => {
  const placed = await drawn(chain(80));
  await act(async () => say("error", {}));
  expect(placed().spots.size).toBe(80);
});

async function answered(document: Json): Promise<Placed> {
  const placed = await drawn(document);
  const { turn, drawing } = asked.at(-1)!;
  await act(async () => say("message", { data: { turn, placed: place(drawing) } }));
  return placed();
}

test("what was drawn before stands there at once, also after a reload, until something moves", async () => {
  const first = await answered(chain(80));
  vi.resetModules();
  expect((await drawn(chain(80)))()).toEqual(first);
  expect(asked).toHaveLength(1);
  expect((await drawn(chain(81)))().spots.size).toBe(0);
  expect(asked).toHaveLength(2);
});

test("what was begun before the tab was there is not begun twice, whenever it is ready", async () => {
  const begin = async (count: number): Promise<void> => {
    const { placeEarly } = await import("./useLayout");
    const { drawingOf } = await import("./drawing");
    placeEarly(drawingOf(graphOf(chain(count), stepKindsOf(START.registry.node_types), START.registry, "en")));
  };
  const answer = async (): Promise<void> => {
    const { turn, drawing } = asked.at(-1)!;
    await act(async () => say("message", { data: { turn, placed: place(drawing) } }));
  };
  await begin(20);
  expect(asked).toHaveLength(0);
  await begin(80);
  const late = await drawn(chain(80));
  expect(late().spots.size).toBe(0);
  await answer();
  expect(late().spots.size).toBe(80);
  await begin(90);
  await answer();
  expect((await drawn(chain(90)))().spots.size).toBe(90);
  expect(asked).toHaveLength(2);
});

test("only the last few drawings are kept, and what is broken there is drawn anew", async () => {
  for (const count of [80, 81, 82, 83]) await answered(chain(count));
  expect(JSON.parse(localStorage.getItem("caseway drawings") ?? "")).toHaveLength(3);
  await drawn(chain(80));
  expect(asked).toHaveLength(5);
  localStorage.setItem("caseway drawings", "{");
  await drawn(chain(83));
  expect(asked).toHaveLength(6);
});
