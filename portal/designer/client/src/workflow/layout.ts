// Places the steps from top to bottom. Nothing of it is stored: the same workflow is drawn the same everywhere.

import { graphlib, layout } from "@dagrejs/dagre";
import type { Box, Drawing } from "./drawing";
import type { Shape } from "./families";

export interface Spot {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Placed {
  spots: Map<string, Spot>;
  routes: Map<string, { points: Point[]; label: Point; back: boolean }>;
}

const SIZES: Record<Shape, { width: number; height: number }> = {
  card: { width: 216, height: 62 },
  diamond: { width: 44, height: 44 },
  ring: { width: 40, height: 40 },
  circle: { width: 40, height: 40 },
};
const MANY = 60; // steps from which on the quicker way to find the rows is taken: half the time, nearly the same rows
const ON_EDGE = 32;
const LETTER = 7;
const WIDEST_NAME = 150;

// A name beside a small shape needs room on one side, and is given as much on the other.
const room = (box: Box): number => Math.min(box.letters * LETTER, WIDEST_NAME);

// Knows neither kinds nor words, so that a worker can do it as well.
export function place({ steps, lines }: Drawing): Placed {
  const drawing = new graphlib.Graph({ multigraph: true });
  const ranker = steps.length > MANY ? "tight-tree" : "network-simplex";
  drawing.setGraph({ ranker, rankdir: "TB", nodesep: 36, ranksep: 30, edgesep: 18, marginx: 24, marginy: 24 });
  const hosts = new Map(steps.map((step) => [step.key, step.host]));
  for (const step of steps) {
    if (step.host) continue;
    const { width, height } = SIZES[step.shape];
    const wide = step.shape === "card" ? width : width + 2 * room(step);
    drawing.setNode(step.key, { width: wide, height });
  }
  // where a line leaves from: a step that sits on another leaves from there
  const seat = (key: string): string => hosts.get(key) || key;
  for (const line of lines) {
    const from = seat(line.from);
    if (from === line.to || !drawing.hasNode(from) || !drawing.hasNode(line.to)) continue;
    const width = Math.max(28, Math.min(line.letters, 22) * LETTER + 10);
    drawing.setEdge(from, line.to, { width, height: line.letters ? 40 : 26, labelpos: "c" }, line.id);
  }
  layout(drawing);
  return read(drawing, { steps, lines }, seat);
}

function read(drawing: graphlib.Graph, { steps, lines }: Drawing, seat: (key: string) => string): Placed {
  const spots = seats(drawing, steps);
  const routes: Placed["routes"] = new Map();
  for (const line of lines) {
    const from = spots.get(line.from);
    const to = spots.get(line.to);
    if (!from || !to) continue;
    const edge = drawing.edge(seat(line.from), line.to, line.id) as { points: Point[]; x?: number; y?: number } | undefined;
    const inner = edge?.points.slice(1, -1) ?? [];
    const back = to.y <= from.y;
    const points = !edge ? looped(from) : back ? backwards(inner, from, to) : onwards(inner, from, to);
    const middle = points[Math.floor(points.length / 2)] ?? { x: from.x, y: from.y };
    routes.set(line.id, { points, label: { x: edge?.x ?? middle.x, y: edge?.y ?? middle.y }, back });
  }
  return { spots, routes };
}

function seats(drawing: graphlib.Graph, steps: Box[]): Map<string, Spot> {
  const spots = new Map<string, Spot>();
  for (const step of steps) {
    const node = drawing.node(step.key);
    const { width, height } = SIZES[step.shape];
    if (node && !spots.has(step.key)) spots.set(step.key, { x: node.x - width / 2, y: node.y - height / 2, width, height });
  }
  const sitting = new Map<string, number>();
  for (const step of steps) {
    const host = spots.get(step.host);
    if (!host || spots.has(step.key)) continue;
    const number = sitting.get(step.host) ?? 0;
    sitting.set(step.host, number + 1);
    spots.set(step.key, { x: host.x + host.width - 46 - number * (ON_EDGE + 8), y: host.y + host.height - 14, width: ON_EDGE, height: ON_EDGE });
  }
  return spots;
}

const centre = (spot: Spot): Point => ({ x: spot.x + spot.width / 2, y: spot.y + spot.height / 2 });

// Where on the upper or lower side a line meets a step: as near to where it comes from as the side is wide.
function meets(spot: Spot, towards: number): number {
  const half = spot.width > 60 ? spot.width / 2 - 28 : 0;
  const { x } = centre(spot);
  return Math.max(x - half, Math.min(x + half, x + (towards - x) * 0.25));
}

// Down, across, down: lines run straight and turn between the rows.
function onwards(inner: Point[], from: Spot, to: Spot): Point[] {
  const first = inner[0] ?? centre(to);
  const last = inner.at(-1) ?? centre(from);
  const points: Point[] = [{ x: meets(from, first.x), y: from.y + from.height }];
  for (const next of [...inner, { x: meets(to, last.x), y: to.y }]) turn(points, next);
  return points;
}

function turn(points: Point[], next: Point): void {
  const here = points.at(-1);
  if (here && Math.abs(here.x - next.x) > 1) {
    const between = here.y + Math.min(16, (next.y - here.y) / 2);
    points.push({ x: here.x, y: between }, { x: next.x, y: between });
  }
  points.push(next);
}

// A way back leaves and arrives at the side.
function backwards(inner: Point[], from: Spot, to: Spot): Point[] {
  const column = inner.reduce((sum, point) => sum + point.x, 0) / Math.max(1, inner.length) || from.x - 40;
  const side = (spot: Spot): Point => {
    const { x, y } = centre(spot);
    return { x: column < x ? spot.x : spot.x + spot.width, y };
  };
  const beside = (spot: Spot): boolean => column <= spot.x - 12 || column >= spot.x + spot.width + 12;
  const start = beside(from) ? side(from) : { x: column, y: from.y };
  const end = beside(to) ? side(to) : { x: column, y: to.y + to.height };
  return [start, { x: column, y: start.y }, { x: column, y: end.y }, end];
}

function looped(spot: Spot): Point[] {
  const right = spot.x + spot.width;
  const { y } = centre(spot);
  return [{ x: right, y: y - 8 }, { x: right + 34, y: y - 8 }, { x: right + 34, y: y + 8 }, { x: right, y: y + 8 }];
}

const CORNER = 8;

// A line through the points with rounded corners.
export function drawnPath(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x},${first.y}`;
  rest.forEach((point, index) => {
    const before = points[index] ?? first;
    const after = rest[index + 1];
    if (!after) {
      path += `L${point.x},${point.y}`;
      return;
    }
    const a = towards(point, before);
    const b = towards(point, after);
    path += `L${a.x},${a.y}Q${point.x},${point.y} ${b.x},${b.y}`;
  });
  return path;
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
