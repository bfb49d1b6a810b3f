// The workflow as a list: one way after the other, each step once, with a word where the list goes on elsewhere.

import type { DrawnStep, Graph, Line } from "./graph";

export type Row =
  | { kind: "step"; step: DrawnStep }
  | { kind: "branch"; line: Line; rows: Row[] }
  | { kind: "elsewhere"; line: Line; to: DrawnStep };

export interface Outlined {
  rows: Row[];
  loose: DrawnStep[];
}

export function outlined(graph: Graph, start: string): Outlined {
  const seen = new Set<DrawnStep>();
  const onwards = graph.from;
  const sitting = (step: DrawnStep): DrawnStep[] => graph.sitting.get(step.key) ?? [];

  // Everything that can still be met from here, without what was met already.
  const reach = (key: string): Set<DrawnStep> => {
    const found = new Set<DrawnStep>();
    const ahead = [key];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const step = graph.byKey.get(next);
      if (!step || found.has(step) || seen.has(step)) continue;
      found.add(step);
      for (const line of onwards.get(step) ?? []) ahead.push(line.to);
      ahead.push(...sitting(step).map((one) => one.key));
    }
    return found;
  };

  const follow = (key: string, kept: ReadonlySet<DrawnStep>, into: Row[]): void => {
    let step = graph.byKey.get(key);
    while (step && !seen.has(step) && !kept.has(step)) {
      seen.add(step);
      into.push({ kind: "step", step });
      const lines = [...(onwards.get(step) ?? []), ...sitting(step).flatMap((one) => take(one, into))];
      const main = mainLine(lines);
      const later = main ? new Set([...kept, ...reach(main.to)]) : kept;
      for (const line of lines) if (line !== main) branch(line, later, into);
      if (!main) return;
      if (lines.length > 1 && main.label) into.push({ kind: "branch", line: main, rows: [] });
      const next: DrawnStep | undefined = graph.byKey.get(main.to);
      if (next && (seen.has(next) || kept.has(next))) {
        into.push({ kind: "elsewhere", line: main, to: next });
        return;
      }
      step = next;
    }
  };

  // The way on is the one from which most is still to come.
  const mainLine = (lines: Line[]): Line | undefined => {
    let best: Line | undefined;
    let most = -1;
    for (const line of lines) {
      const size = reach(line.to).size;
      if (size >= most) [best, most] = [line, size];
    }
    return best;
  };

  const take = (step: DrawnStep, into: Row[]): Line[] => {
    if (seen.has(step)) return [];
    seen.add(step);
    into.push({ kind: "step", step });
    return onwards.get(step) ?? [];
  };

  const branch = (line: Line, later: ReadonlySet<DrawnStep>, into: Row[]): void => {
    const to = graph.byKey.get(line.to);
    if (!to) return;
    const rows: Row[] = [];
    if (seen.has(to) || later.has(to)) rows.push({ kind: "elsewhere", line, to });
    else follow(line.to, later, rows);
    into.push({ kind: "branch", line, rows });
  };

  const rows: Row[] = [];
  follow(start, new Set(), rows);
  return { rows, loose: graph.steps.filter((step) => !seen.has(step)) };
}
