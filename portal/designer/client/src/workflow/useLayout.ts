// Where the steps stand. A few are placed at once; many in a worker, and until it answers they stay where they were.

import { useEffect, useMemo, useState } from "react";
import { type Drawing, drawingOf } from "./drawing";
import type { Graph } from "./graph";
import { keepLayout, keptLayout } from "./keptLayouts";
import { type Placed, place } from "./layout";

const AT_ONCE = 60; // steps; more would hold up the page
const NOWHERE: Placed = { spots: new Map(), routes: new Map() };

export function useLayout(graph: Graph): Placed {
  const drawing = useMemo(() => drawingOf(graph), [graph]);
  // a new layout only when something moves: typing a name changes nothing
  const signature = useMemo(() => JSON.stringify(drawing), [drawing]);
  const beside = drawing.steps.length > AT_ONCE && typeof Worker !== "undefined";
  const atOnce = useMemo(() => (beside ? undefined : place(drawing)), [signature, beside]);
  const known = useMemo(() => (beside ? (keptLayout(CODE + signature) ?? early.get(signature)) : undefined), [signature, beside]);
  const [placed, setPlaced] = useState(NOWHERE);
  useEffect(() => {
    if (!beside) return;
    if (known) return setPlaced(known);
    if (early.has(signature)) return hear(signature, setPlaced);
    return placeBeside(drawing, (found) => {
      setPlaced(found);
      keepLayout(CODE + signature, found);
    });
  }, [signature, beside]);
  return atOnce ?? known ?? placed;
}

// the address of the built code changes with it, and what older code drew is not taken for what this one draws
const CODE = `${import.meta.url} `;

// What was asked for before the tab was there to show it, and who waits for it since.
const early = new Map<string, Placed | undefined>();
const hearing = new Map<string, (placed: Placed) => void>();

function hear(signature: string, done: (placed: Placed) => void): () => void {
  hearing.set(signature, done);
  return () => hearing.delete(signature);
}

// Lets the worker begin while the page is still being put together.
export function placeEarly(drawing: Drawing): void {
  const signature = JSON.stringify(drawing);
  if (drawing.steps.length <= AT_ONCE || typeof Worker === "undefined" || early.has(signature) || keptLayout(CODE + signature)) return;
  early.set(signature, undefined);
  placeBeside(drawing, (found) => {
    early.set(signature, found);
    keepLayout(CODE + signature, found);
    hearing.get(signature)?.(found);
  });
}

type Waiting = { turn: number; drawing: Drawing; done: (placed: Placed) => void };

let worker: Worker | undefined;
let turns = 0;
const waiting = new Map<number, Waiting>();

// Asks the worker; gives back how to stop waiting for it.
function placeBeside(drawing: Drawing, done: (placed: Placed) => void): () => void {
  const turn = (turns += 1);
  waiting.set(turn, { turn, drawing, done });
  worker ??= hired();
  worker.postMessage({ turn, drawing });
  return () => waiting.delete(turn);
}

function hired(): Worker {
  const made = new Worker(new URL("./layoutWorker.ts", import.meta.url), { type: "module" });
  const settle = (turn: number, placed: (drawing: Drawing) => Placed): void => {
    const found = waiting.get(turn);
    waiting.delete(turn);
    found?.done(placed(found.drawing));
  };
  made.addEventListener("message", ({ data }: MessageEvent<{ turn: number; placed: Placed }>) => settle(data.turn, () => data.placed));
  // where a worker cannot be had the page does it itself, as slow as that may be
  made.addEventListener("error", () => [...waiting.keys()].forEach((turn) => settle(turn, place)));
  return made;
}
