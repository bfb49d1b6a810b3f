// Three versions become one: what only one side changed is taken; what both changed differently is a clash.

import { isThing, type Json, type Path, same, type Thing } from "./json";

export interface Clash {
  path: Path;
  base: Json | undefined;
  theirs: Json | undefined;
  mine: Json | undefined;
  by?: string;
}

export interface Merged {
  value: Json | undefined;
  clashes: Clash[];
}

type Maybe = Json | undefined;

// In a clash mine is kept, and the clash is told.
export function merge(base: Maybe, theirs: Maybe, mine: Maybe, path: Path = []): Merged {
  if (same(mine, base) || same(mine, theirs)) return { value: theirs, clashes: [] };
  if (same(theirs, base)) return { value: mine, clashes: [] };
  if (isThing(theirs) && isThing(mine)) return mergeThings(isThing(base) ? base : {}, theirs, mine, path);
  const keyed = [base ?? [], theirs, mine].map(byKey);
  if (keyed[0] && keyed[1] && keyed[2]) return mergeLists(keyed[0], keyed[1], keyed[2], path);
  return { value: mine, clashes: [{ path, base, theirs, mine }] };
}

function mergeThings(base: Thing, theirs: Thing, mine: Thing, path: Path): Merged {
  const value: Thing = {};
  const clashes: Clash[] = [];
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const part = merge(base[name], theirs[name], mine[name], [...path, name]);
    if (part.value !== undefined) value[name] = part.value;
    clashes.push(...part.clashes);
  }
  return { value, clashes };
}

type Keyed = Map<string, Json>;

function byKey(value: Maybe): Keyed | undefined {
  if (!Array.isArray(value)) return undefined;
  const found: Keyed = new Map();
  for (const item of value) {
    const key = isThing(item) ? item.key : undefined;
    if (typeof key !== "string" || !key || found.has(key)) return undefined;
    found.set(key, item);
  }
  return found;
}

function mergeLists(base: Keyed, theirs: Keyed, mine: Keyed, path: Path): Merged {
  const value: Json[] = [];
  const clashes: Clash[] = [];
  for (const key of mergedOrder([...base.keys()], [...theirs.keys()], [...mine.keys()])) {
    const part = merge(base.get(key), theirs.get(key), mine.get(key), [...path, key]);
    const wanted = part.value ?? (part.clashes.length ? theirs.get(key) : undefined);
    if (wanted !== undefined) value.push(wanted);
    clashes.push(...part.clashes);
  }
  return { value, clashes };
}

// The order of the side that moved something (mine, if both did); what the other side added follows its neighbour.
function mergedOrder(base: string[], theirs: string[], mine: string[]): string[] {
  const moved = (side: string[]): boolean => {
    const kept = base.filter((key) => side.includes(key));
    const now = side.filter((key) => base.includes(key));
    return kept.some((key, index) => key !== now[index]);
  };
  const [first, second] = moved(mine) || !moved(theirs) ? [mine, theirs] : [theirs, mine];
  const order = [...first];
  second.forEach((key, index) => {
    if (order.includes(key)) return;
    const before = second.slice(0, index).findLast((other) => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}
