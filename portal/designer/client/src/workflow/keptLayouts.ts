// The last large drawings stay in the browser: a workflow that was drawn before stands there at once.

import type { Placed } from "./layout";

const NAME = "caseway drawings";
const MOST = 3;

interface Kept {
  // what was drawn, and by which code
  drawn: string;
  spots: [string, Placed["spots"] extends Map<string, infer Spot> ? Spot : never][];
  routes: [string, Placed["routes"] extends Map<string, infer Route> ? Route : never][];
}

function all(): Kept[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? (found as Kept[]) : [];
  } catch {
    return [];
  }
}

export function keptLayout(drawn: string): Placed | undefined {
  const found = all().find((one) => one.drawn === drawn);
  return found && { spots: new Map(found.spots), routes: new Map(found.routes) };
}

export function keepLayout(drawn: string, placed: Placed): void {
  const kept: Kept = { drawn, spots: [...placed.spots], routes: [...placed.routes] };
  try {
    localStorage.setItem(NAME, JSON.stringify([kept, ...all().filter((one) => one.drawn !== drawn)].slice(0, MOST)));
  } catch {
    // where there is no room it is drawn anew each time
  }
}
