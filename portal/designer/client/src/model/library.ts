// What the department keeps for its services: put into a design with names of its own, and asked of the server.

import { at, insert, type Json, put, text, type Thing, thing } from "./json";
import type { Calls } from "./calls";
import { unique } from "./keys";
import { reworded } from "./renaming";
import { NODES, type Placed, renamedIn, type Spot, START, type StepKinds, stepsOf, ways } from "./steps";

export interface Kept {
  id: number;
  what: "fields" | "pages" | "nodes";
  label: string;
  items: Thing[];
}

export interface LibraryAnswer {
  library: Kept[];
}

// The sentence of a refusal; undefined when it is done and the library is the new one.
export async function askLibrary(calls: Calls, url: string | undefined, sent: Json, otherwise: string, done: (library: Kept[]) => void): Promise<string | undefined> {
  if (!url) return otherwise;
  const given = await calls.post<LibraryAnswer>(url, sent);
  if (given.kind !== "done") return given.kind === "refused" ? given.sentence : otherwise;
  done(given.given.library);
  return undefined;
}

// Puts the steps of a pattern where a new step would come. Their names are made unique, and ways among them follow.
export function addPattern(document: Json, items: Thing[], kinds: StepKinds, spot?: Spot): Placed {
  const names = freshNames(document, items);
  const wayPath = spot && [...NODES, spot.index, ...spot.way];
  const after = wayPath ? text(at(document, wayPath)) : "";
  const known = new Set([...stepsOf(document).map((step) => text(step.key)), ...names.values()]);
  const first = stepsOf(document).length;
  const begin = spot ? spot.index + 1 : first;
  const entry = entryOf(items, kinds);
  let edited = document;
  if (wayPath && entry) edited = put(edited, wayPath, names.get(entry) ?? entry);
  else if (!first) edited = put(edited, START, names.get(text(items[0]?.key)) ?? "");
  items.forEach((item, offset) => {
    const renamed = renamedIn(item, kinds, (key) => names.get(key) ?? key);
    const step = { ...thing(reworded(renamed, "work", names)), key: names.get(text(item.key)) ?? text(item.key) };
    edited = insert(edited, [...NODES, begin + offset], ledOn(step, known, after, kinds));
  });
  return { document: edited, place: [...NODES, begin] };
}

function freshNames(document: Json, items: Thing[]): Map<string, string> {
  const taken = stepsOf(document).map((step) => text(step.key));
  const names = new Map<string, string>();
  for (const item of items) {
    const key = unique(text(item.key) || "step", taken);
    taken.push(key);
    names.set(text(item.key), key);
  }
  return names;
}

// The step that a way into the pattern leads to: the first that begins no case.
const entryOf = (items: Thing[], kinds: StepKinds): string => text((items.find((item) => !kinds.get(text(item.type))?.begins) ?? items[0])?.key);

// Ways to steps that are not here go on to where the old way led, or nowhere yet.
function ledOn(step: Thing, known: ReadonlySet<string>, after: string, kinds: StepKinds): Thing {
  return ways(step, kinds)
    .filter((way) => way.to && !known.has(way.to))
    .reduce<Thing>((made, way) => thing(put(made, way.path, after && !way.apart ? after : undefined)), step);
}
