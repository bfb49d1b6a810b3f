// What can be done to the steps of a workflow. Ways are found by the schemas; no kind of step is known here.

import { at, insert, type Json, type Path, put, remove, text, type Thing, thing, things } from "./json";
import { freshKey } from "./keys";
import { nameWith, plain, type Schema, type Way, waysOut } from "./schema";
import type { NodeKind } from "./start";

export type StepKinds = ReadonlyMap<string, NodeKind>;

export const NODES: Path = ["workflow", "nodes"];
export const START: Path = ["workflow", "start"];

export const stepKindsOf = (types: NodeKind[]): StepKinds => new Map(types.map((type) => [type.key, type]));
export const stepsOf = (document: Json): Thing[] => things(at(document, NODES));

export function ways(step: Thing, kinds: StepKinds): Way[] {
  const kind = kinds.get(text(step.type));
  if (!kind) return [];
  const before = walked.get(step);
  if (before) return before;
  const found = waysOut(step, kind.schema);
  walked.set(step, found);
  return found;
}

// a step is never changed, only replaced, so what was found stays true
const walked = new WeakMap<Thing, Way[]>();

export function hostOf(step: Thing, kinds: StepKinds): string {
  const kind = kinds.get(text(step.type));
  const name = kind && nameWith("host", kind.schema);
  return name ? text(step[name]) : "";
}

export interface Arrival {
  index: number;
  way: Way;
}

export function arrivals(document: Json, key: string, kinds: StepKinds): Arrival[] {
  return stepsOf(document).flatMap((step, index) =>
    ways(step, kinds)
      .filter((way) => way.to === key)
      .map((way) => ({ index, way })),
  );
}

// Where a new step comes: on a way of another step, or loose.
export interface Spot {
  index: number;
  way: Path;
}

export interface Placed {
  document: Json;
  place: Path;
}

export function addStep(document: Json, kind: NodeKind, kinds: StepKinds, spot?: Spot): Placed {
  const steps = stepsOf(document);
  const key = freshKey(kind.label, "step", steps.map((step) => text(step.key)));
  const index = spot ? spot.index + 1 : steps.length;
  const wayPath = spot && [...NODES, spot.index, ...spot.way];
  const after = wayPath ? text(at(document, wayPath)) : "";
  const led = wayPath ? put(document, wayPath, key) : steps.length ? document : put(document, START, key);
  const made = leadTo({ ...kind.node, key }, after, kinds);
  return { document: insert(led, [...NODES, index], made), place: [...NODES, index] };
}

// Every way of a new step that must lead somewhere goes on to where the old one went, but for refusals, which somebody
// has to lead; without such, its first way.
function leadTo(step: Thing, target: string, kinds: StepKinds): Thing {
  if (!target) return step;
  const open = ways(step, kinds).filter((way) => !way.to);
  const needed = open.filter((way) => way.required && !way.apart);
  const led = needed.length ? needed : open.slice(0, 1);
  return led.reduce<Thing>((made, way) => thing(put(made, way.path, target)), step);
}

// The way on which a step is added where none is named: the first that leads somewhere, or has to.
export const mainWay = (found: Way[]): Way | undefined => found.find((way) => way.to) ?? found.find((way) => way.required) ?? found[0];

// A step that watches another, set on it.
export function addOn(document: Json, kind: NodeKind, kinds: StepKinds, host: number): Placed {
  const name = nameWith("host", kind.schema);
  const key = text(stepsOf(document)[host]?.key);
  const placed = addStep(document, kind, kinds);
  if (!name) return placed;
  return { ...placed, document: put(placed.document, [...placed.place, name], key) };
}

// What led to the step now leads to where its first way led; what sat on it goes with it.
export function removeStep(document: Json, index: number, kinds: StepKinds): Json {
  const steps = stepsOf(document);
  const step = steps[index];
  if (!step) return document;
  const key = text(step.key);
  const onward = ways(step, kinds).find((way) => way.to && way.to !== key)?.to ?? "";
  let edited = document;
  for (const { index: from, way } of arrivals(document, key, kinds)) {
    if (from !== index) edited = put(edited, [...NODES, from, ...way.path], onward || undefined);
  }
  if (at(edited, START) === key) edited = put(edited, START, onward);
  const gone = steps.flatMap((one, place) => (place === index || (key && hostOf(one, kinds) === key) ? [place] : []));
  return gone.reverse().reduce((made, place) => remove(made, [...NODES, place]), edited);
}

export function duplicateStep(document: Json, index: number): Placed {
  const steps = stepsOf(document);
  const step = steps[index] ?? {};
  const key = freshKey(text(step.key), "step", steps.map((one) => text(one.key)));
  const place = [...NODES, index + 1];
  return { document: insert(document, place, { ...step, key }), place };
}

export const leadWay = (document: Json, index: number, way: Path, target: string): Json =>
  put(document, [...NODES, index, ...way], target || undefined);

// A new key, followed by every way, host and list of steps that named the old one.
export function renameStep(document: Json, index: number, key: string, kinds: StepKinds): Json {
  const old = text(stepsOf(document)[index]?.key);
  const steps = stepsOf(document).map((step, place) => {
    const followed = renamedIn(step, kinds, (name) => (name === old ? key : name));
    return place === index ? { ...followed, key } : followed;
  });
  const edited = put(document, NODES, steps);
  return at(document, START) === old ? put(edited, START, key) : edited;
}

// A step with every way, host and list of steps in it under new names.
export function renamedIn(step: Thing, kinds: StepKinds, rename: (key: string) => string): Thing {
  const kind = kinds.get(text(step.type));
  return kind ? thing(followedIn(step, kind.schema, kind.schema, rename)) : step;
}

const NAMING = new Set(["step", "host", "steps"]);

function followedIn(value: Json, schema: Schema, root: Schema, rename: (key: string) => string): Json {
  const shape = plain(schema, root);
  const names = NAMING.has(shape.ui?.widget ?? "");
  if (typeof value === "string") return names ? rename(value) : value;
  if (Array.isArray(value)) {
    const items = { ...shape.items, ...(names ? { ui: shape.ui ?? {} } : {}) };
    return value.map((item) => followedIn(item, items, root, rename));
  }
  if (value === null || typeof value !== "object") return value;
  const choices = [shape, ...(shape.anyOf ?? shape.oneOf ?? []).map((choice) => plain(choice, root))];
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const part = choices.map((choice) => choice.properties?.[name]).find((one) => one !== undefined);
      return [name, part ? followedIn(item, part, root, rename) : item];
    }),
  );
}
