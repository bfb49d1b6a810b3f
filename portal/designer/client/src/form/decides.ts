// Which answer decides about what, put in order for sentences and for a drawing.

import type { Path } from "../model/json";

export interface End {
  key: string;
  name: string;
  path: Path;
}

export interface Line {
  sentence: string;
  from: End;
  to: End;
}

// The lines of each answer together, in the order in which the answers first decide something.
export function byWhatDecides(lines: Line[]): [string, Line[]][] {
  const found = new Map<string, Line[]>();
  for (const line of lines) found.set(line.from.key, [...(found.get(line.from.key) ?? []), line]);
  return [...found.values()].map((own) => [own[0]?.from.name ?? "", own]);
}

export interface Bow {
  from: number;
  to: number;
  // how many places apart its ends are
  far: number;
}

// The ends by their place in the form, and one bow for each two that belong together.
export function arcs(lines: Line[]): { ends: End[]; bows: Bow[] } {
  const ends = new Map<string, End>();
  for (const { from, to } of lines) for (const end of [from, to]) ends.set(end.key, end);
  const listed = [...ends.values()].sort((one, other) => inForm(one.path, other.path));
  const place = new Map(listed.map((end, index) => [end.key, index]));
  const bows = new Map<string, Bow>();
  for (const { from, to } of lines) {
    const [a, b] = [place.get(from.key) ?? 0, place.get(to.key) ?? 0];
    if (a !== b) bows.set(`${a} ${b}`, { from: a, to: b, far: Math.min(30, Math.abs(a - b)) });
  }
  return { ends: listed, bows: [...bows.values()] };
}

function inForm(one: Path, other: Path): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    if (a === b) continue;
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  }
  return 0;
}
