// What can be done to the pages and questions of a form. Each function gives a new document.

import { at, insert, type Json, list, type Path, put, remove, samePath, startsWith, text, type Thing, thing, things } from "./json";
import { freshKey, unique } from "./keys";
import { reworded } from "./renaming";
import type { FieldType } from "./start";

export type Kinds = ReadonlyMap<string, FieldType>;

export interface Edited {
  document: Json;
  places: Path[];
}

export const kindsOf = (types: FieldType[]): Kinds => new Map(types.map((type) => [type.key, type]));

// Where a question keeps the questions that it holds; undefined for one that holds none.
export function heldAt(field: Thing, kinds: Kinds): Path | undefined {
  const name = kinds.get(text(field.type))?.holds;
  return name ? ["options", name] : undefined;
}

// Every question with its place, also those inside groups, in the order in which they are met.
export function* eachField(fields: Json | undefined, path: Path, kinds: Kinds): Generator<[Thing, Path]> {
  for (const [index, field] of things(fields).entries()) {
    const here = [...path, index];
    yield [field, here];
    const held = heldAt(field, kinds);
    if (held) yield* eachField(at(field, held), [...here, ...held], kinds);
  }
}

export function* eachFieldOfForm(document: Json, form: Path, kinds: Kinds): Generator<[Thing, Path]> {
  for (const [index, page] of things(at(document, [...form, "pages"])).entries()) {
    yield* eachField(page.fields, [...form, "pages", index, "fields"], kinds);
  }
}

const formOf = (path: Path): Path => path.slice(0, 2);

function takenKeys(document: Json, form: Path, kinds: Kinds): string[] {
  return [...eachFieldOfForm(document, form, kinds)].map(([field]) => text(field.key));
}

export function addField(document: Json, place: Path, type: FieldType, kinds: Kinds): Edited {
  const key = freshKey(type.label, "question", takenKeys(document, formOf(place), kinds));
  return { document: insert(document, place, { ...type.field, key }), places: [place] };
}

export function addFields(document: Json, place: Path, fields: Thing[], kinds: Kinds): Edited {
  const taken = takenKeys(document, formOf(place), kinds);
  const parent = place.slice(0, -1);
  const first = Number(place.at(-1));
  let edited = document;
  const copies = fields.map((field) => withFreshKeys(field, kinds, taken));
  // rules among the new questions speak of each other, not of those whose names they had
  const names = new Map(fields.map((field, index) => [text(field.key), text(copies[index]?.key)]));
  copies.forEach((copy, index) => {
    edited = insert(edited, [...parent, first + index], reworded(copy, "answers", names));
  });
  return { document: edited, places: fields.map((_, index) => [...parent, first + index]) };
}

function withFreshKeys(field: Thing, kinds: Kinds, taken: string[]): Thing {
  const key = unique(text(field.key) || "question", taken);
  taken.push(key);
  const copy: Thing = { ...field, key };
  const held = heldAt(field, kinds);
  if (!held) return copy;
  const inner = things(at(field, held)).map((one) => withFreshKeys(one, kinds, taken));
  return thing(put(copy, held, inner));
}

export function addPage(document: Json, form: Path, index: number, title: Json, words: string): Edited {
  const pages = things(at(document, [...form, "pages"]));
  const key = freshKey(words, "page", pages.map((page) => text(page.key)));
  const place = [...form, "pages", index];
  return { document: insert(document, place, { key, title, fields: [] }), places: [place] };
}

// Later places first, so that taking one away leaves the others where they are.
const lastFirst = (places: Path[]): Path[] => [...places].sort((one, other) => comparePaths(other, one));

export function comparePaths(one: Path, other: Path): number {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const [a, b] = [one[index], other[index]];
    if (a === b) continue;
    return typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;
  }
  return one.length - other.length;
}

// What lies inside another chosen place goes with it.
export const outermost = (places: Path[]): Path[] =>
  places.filter((path) => !places.some((other) => other.length < path.length && startsWith(path, other)));

export function removeAll(document: Json, places: Path[]): Edited {
  const gone = lastFirst(outermost(places));
  const first = gone.at(-1);
  const edited = gone.reduce((made, path) => remove(made, path), document);
  return { document: edited, places: first ? [neighbour(edited, first)] : [] };
}

// What is selected after something went: what took its place, what stood before it, or what held it.
export function neighbour(document: Json, path: Path): Path {
  const parent = path.slice(0, -1);
  const left = list(at(document, parent)).length;
  if (left) return [...parent, Math.min(Number(path.at(-1)), left - 1)];
  const holder = parent.findLastIndex((part) => typeof part === "number");
  return holder < 0 ? path.slice(0, 2) : parent.slice(0, holder + 1);
}

export function duplicate(document: Json, places: Path[], kinds: Kinds): Edited {
  const chosen = outermost(places).sort(comparePaths);
  const last = chosen.at(-1);
  if (!last) return { document, places };
  const copies = chosen.map((path) => thing(at(document, path)));
  const place = [...last.slice(0, -1), Number(last.at(-1)) + 1];
  return last.at(-2) === "pages" ? duplicatePage(document, place, thing(at(document, last)), kinds) : addFields(document, place, copies, kinds);
}

function duplicatePage(document: Json, place: Path, page: Thing, kinds: Kinds): Edited {
  const form = formOf(place);
  const taken = takenKeys(document, form, kinds);
  const keys = things(at(document, [...form, "pages"])).map((one) => text(one.key));
  const fields = things(page.fields).map((field) => withFreshKeys(field, kinds, taken));
  return { document: insert(document, place, { ...page, key: unique(text(page.key), keys), fields }), places: [place] };
}

// Puts the chosen in front of what now stands at a place of a list; the list must not lie inside one of them.
export function moveTo(document: Json, places: Path[], parent: Path, index: number): Edited {
  const chosen = outermost(places).sort(comparePaths);
  if (!chosen.length || chosen.some((path) => startsWith(parent, path))) return { document, places };
  const carried = chosen.map((path) => at(document, path) ?? null);
  const before = chosen.filter((path) => samePath(path.slice(0, -1), parent) && Number(path.at(-1)) < index).length;
  const target = shifted(parent, chosen);
  const without = lastFirst(chosen).reduce((made, path) => remove(made, path), document);
  const first = index - before;
  const edited = carried.reduce<Json>((made, item, offset) => insert(made, [...target, first + offset], item), without);
  return { document: edited, places: carried.map((_, offset) => [...target, first + offset]) };
}

// Where a list is after entries before it were taken away.
function shifted(path: Path, gone: Path[]): Path {
  return path.map((part, index) => {
    if (typeof part !== "number") return part;
    const listed = path.slice(0, index);
    const before = gone.filter((one) => one.length === index + 1 && samePath(one.slice(0, -1), listed) && Number(one.at(-1)) < part);
    return part - before.length;
  });
}

export function moveBy(document: Json, places: Path[], step: -1 | 1): Edited {
  const chosen = outermost(places).sort(comparePaths);
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (!first || !last) return { document, places };
  const parent = first.slice(0, -1);
  const target = step < 0 ? Number(first.at(-1)) - 1 : Number(last.at(-1)) + 2;
  if (target < 0 || target > list(at(document, parent)).length) return { document, places };
  return moveTo(document, chosen, parent, target);
}

export function moveToPage(document: Json, places: Path[], page: number): Edited {
  const first = places[0];
  const target = first && [...formOf(first), "pages", page, "fields"];
  if (!target || at(document, target.slice(0, -1)) === undefined) return { document, places };
  return moveTo(document, places, target, list(at(document, target)).length);
}

export const pageOf = (path: Path): number => (path[2] === "pages" && typeof path[3] === "number" ? path[3] : 0);
