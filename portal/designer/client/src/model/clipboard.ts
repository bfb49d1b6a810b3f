// Questions, pages and steps travel between services as JSON on the clipboard.

import { at, isThing, type Json, type Path, type Thing, things } from "./json";

const MARK = "caseway/parts";

export interface Parts {
  what: "fields" | "pages" | "nodes";
  items: Thing[];
}

export function copied(document: Json, places: Path[]): string {
  const listed = places[0]?.at(-2);
  const what = listed === "pages" || listed === "nodes" ? listed : "fields";
  return JSON.stringify({ [MARK]: what, items: places.map((path) => at(document, path) ?? null) }, null, 1);
}

// What another window copied; undefined for any other text.
export function pasted(words: string): Parts | undefined {
  let found: unknown;
  try {
    found = JSON.parse(words);
  } catch {
    return undefined;
  }
  const given = found as Json;
  if (!isThing(given) || !Array.isArray(given.items) || !given.items.every(isThing)) return undefined;
  const what = given[MARK];
  return what === "fields" || what === "pages" || what === "nodes" ? { what, items: things(given.items) } : undefined;
}
