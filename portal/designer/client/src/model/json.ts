// Immutable edits of plain JSON by path. What is not on the way is kept as it is, so that comparing is cheap.

export type Json = null | boolean | number | string | Json[] | Thing;
export type Thing = { [name: string]: Json };
export type Part = string | number;
export type Path = readonly Part[];

export const isThing = (value: Json | undefined): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// always the same two, so that "nothing" compares as unchanged
const NOTHING: Thing = Object.freeze({});
const NONE: Json[] = Object.freeze([]) as unknown as Json[];
export const thing = (value: Json | undefined): Thing => (isThing(value) ? value : NOTHING);
export const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : NONE);
export const things = (value: Json | undefined): Thing[] => list(value).map(thing);
export const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

export function at(value: Json | undefined, path: Path): Json | undefined {
  let found: Json | undefined = value;
  for (const part of path) {
    if (Array.isArray(found)) found = typeof part === "number" ? found[part] : undefined;
    else if (isThing(found) && Object.hasOwn(found, part)) found = found[part];
    else return undefined;
  }
  return found;
}

// Puts a value at a place and makes what is missing on the way; undefined takes the name away.
export function put(value: Json | undefined, path: Path, given: Json | undefined): Json {
  const [part, ...rest] = path;
  if (part === undefined) return given ?? null;
  if (typeof part === "number") {
    const copy = [...list(value)];
    if (!rest.length && given === undefined) copy.splice(part, 1);
    else copy[part] = put(copy[part], rest, given);
    return copy;
  }
  const copy = { ...thing(value) };
  if (!rest.length && given === undefined) delete copy[part];
  else copy[part] = put(copy[part], rest, given);
  return copy;
}

export function insert(value: Json, path: Path, given: Json): Json {
  const place = path.slice(0, -1);
  const copy = [...list(at(value, place))];
  copy.splice(Number(path.at(-1)), 0, given);
  return put(value, place, copy);
}

export const remove = (value: Json, path: Path): Json => put(value, path, undefined);

export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (!isThing(one) || !isThing(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

export const samePath = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((part, index) => part === other[index]);

export const startsWith = (path: Path, beginning: Path): boolean =>
  path.length >= beginning.length && samePath(path.slice(0, beginning.length), beginning);

// A place told by the keys of list entries, so that it can be found again after entries were moved.
export function anchor(value: Json | undefined, path: Path): Path {
  return path.map((part, index) => {
    if (typeof part !== "number") return part;
    const key = thing(at(value, path.slice(0, index + 1))).key;
    return typeof key === "string" && key ? key : part;
  });
}

// The place that an anchor tells of; undefined where it is gone.
export function resolve(value: Json | undefined, anchored: Path): Path | undefined {
  const path: Part[] = [];
  for (const part of anchored) {
    const here = at(value, path);
    if (Array.isArray(here) && typeof part === "string") {
      const index = here.findIndex((item) => thing(item).key === part);
      if (index < 0) return undefined;
      path.push(index);
    } else path.push(part);
  }
  return at(value, path) === undefined ? undefined : path;
}
