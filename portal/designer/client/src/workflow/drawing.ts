// What a layout depends on, as plain data: shapes and who leads where; of words only how much room they need.

import { type Shape, shapeOf } from "./families";
import type { Graph } from "./graph";

export interface Box {
  key: string;
  shape: Shape;
  // the step that it sits on; empty where that is not there
  host: string;
  letters: number;
}

export interface Drawing {
  steps: Box[];
  lines: { id: string; from: string; to: string; letters: number }[];
}

export const drawingOf = (graph: Graph): Drawing => ({
  steps: graph.steps.map((step) => {
    const shape = shapeOf(step.kind?.family ?? "");
    return { key: step.key, shape, host: graph.byKey.has(step.host) ? step.host : "", letters: shape === "card" ? 0 : step.name.length };
  }),
  lines: graph.lines.map((line) => ({ id: line.id, from: line.from.key, to: line.to, letters: line.label.length })),
});
