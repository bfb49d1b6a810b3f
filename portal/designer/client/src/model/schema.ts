// Reads the JSON Schemas of the server's kinds: what a property is, how it is drawn, and where it leads.

import { t } from "../words/words";
import { isThing, type Json, type Part, type Path, type Thing, thing } from "./json";

export interface Hint {
  apart?: boolean;
  widget?: string;
  help?: string;
  example?: string;
  tab?: string;
  labels?: Record<string, string>;
  add?: string;
  // what a rule gives where it is no condition, the setting beside it that says so, and whether that follows what is picked
  gives?: string;
  gives_from?: string;
  any_kind?: boolean;
}

export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  enum?: Json[];
  const?: Json;
  default?: Json;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  additionalProperties?: boolean | Schema;
  patternProperties?: Record<string, Schema>;
  pattern?: string;
  ui?: Hint;
}

// A schema with its references followed and "or nothing" taken away; what stands beside a reference counts.
export function plain(schema: Schema, root: Schema): Schema {
  let known = read.get(root);
  if (!known) read.set(root, (known = new WeakMap()));
  const before = known.get(schema);
  if (before) return before;
  const found = followed(schema, root);
  known.set(schema, found);
  return found;
}

// schemas never change while the designer is open, and are read at every drawing
const read = new WeakMap<Schema, WeakMap<Schema, Schema>>();

function followed(schema: Schema, root: Schema): Schema {
  let found = schema;
  for (let depth = 0; depth < 20; depth += 1) {
    const [inner, rest] = unwrapped(found, root);
    if (!inner) return found;
    found = { ...inner, ...defined(rest), ui: { ...inner.ui, ...rest.ui } };
  }
  return found;
}

function unwrapped(schema: Schema, root: Schema): [Schema | undefined, Schema] {
  if (schema.$ref) {
    const { $ref, ...rest } = schema;
    return [root.$defs?.[$ref.split("/").at(-1) ?? ""] ?? {}, rest];
  }
  for (const name of ["anyOf", "oneOf", "allOf"] as const) {
    const choices = schema[name]?.filter((choice) => choice.type !== "null");
    if (choices && choices.length === 1) {
      const { [name]: _, ...rest } = schema;
      return [choices[0], rest];
    }
  }
  return [undefined, schema];
}

const defined = (schema: Schema): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined && value !== null)) as Schema;

export const isType = (schema: Schema, name: string): boolean =>
  schema.type === name || (Array.isArray(schema.type) && schema.type.includes(name));

// Text in several languages: a string, or an object of strings.
export function isLocalised(schema: Schema): boolean {
  const choices = schema.anyOf ?? [schema];
  return choices.some(
    (choice) =>
      isType(choice, "object") &&
      !choice.properties &&
      typeof choice.additionalProperties === "object" &&
      isType(choice.additionalProperties, "string"),
  );
}

export interface Variant {
  schema: Schema;
  label: string;
  fits: (value: Json | undefined) => boolean;
  fresh: Json;
}

// The shapes among which one is chosen; none when the schema has one shape only.
export function variants(schema: Schema, root: Schema): Variant[] {
  const choices = (schema.oneOf ?? schema.anyOf ?? []).filter((choice) => choice.type !== "null");
  if (choices.length < 2 || isLocalised(schema)) return [];
  return choices.map((choice) => {
    const found = plain(choice, root);
    const fixed = Object.entries(found.properties ?? {}).filter(([, one]) => constant(one) !== undefined);
    return {
      schema: found,
      label: variantLabel(found, fixed[0]?.[1]),
      fits: (value) =>
        fixed.length
          ? isThing(value) && fixed.every(([name, one]) => value[name] === constant(one))
          : fitsType(found, value),
      fresh: fresh(found, root) ?? FIRST[String(found.type)]?.(found) ?? null,
    };
  });
}

function variantLabel(schema: Schema, fixed: Schema | undefined): string {
  const name = fixed && String(constant(fixed));
  const own = constant(schema);
  const said = own === undefined ? TYPES[String(schema.type)]?.() : (schema.ui?.labels?.[String(own)] ?? humane(String(own)));
  return (name && fixed?.ui?.labels?.[name]) || schema.description || schema.title || said || String(schema.type ?? "");
}

const humane = (name: string): string => name.charAt(0).toLocaleUpperCase() + name.slice(1).replaceAll("_", " ");

// What stands there first when a shape without a value of its own is chosen.
const FIRST: Record<string, (schema: Schema) => Json> = {
  integer: ({ minimum = 1 }) => minimum,
  number: ({ minimum = 1 }) => minimum,
  string: () => "",
  boolean: () => true,
  array: () => [],
};

const TYPES: Record<string, () => string> = {
  integer: () => t("A number"),
  number: () => t("A number"),
  string: () => t("A text"),
  boolean: () => t("Yes or no"),
  array: () => t("A list"),
};

const constant = (schema: Schema): Json | undefined =>
  schema.const !== undefined ? schema.const : schema.enum?.length === 1 ? schema.enum[0] : undefined;

function fitsType(schema: Schema, value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  if (Array.isArray(value)) return isType(schema, "array");
  if (typeof value === "object") {
    const known = Object.keys(schema.properties ?? {});
    return isType(schema, "object") && (!known.length || Object.keys(value).every((name) => known.includes(name)));
  }
  if (typeof value === "number") return isType(schema, "number") || isType(schema, "integer");
  return isType(schema, typeof value);
}

// A first value: what is required, with defaults; undefined where a person must choose.
export function fresh(schema: Schema, root: Schema, depth = 0): Json | undefined {
  const found = plain(schema, root);
  const fixed = constant(found);
  if (fixed !== undefined) return fixed;
  if (found.default !== undefined && found.default !== null) return found.default;
  if (depth > 6) return undefined;
  if (isLocalised(found)) return {};
  if (isType(found, "object") && found.properties) {
    const value: Thing = {};
    for (const name of found.required ?? []) {
      const part = found.properties[name];
      const first = part && fresh(part, root, depth + 1);
      if (first !== undefined) value[name] = first;
    }
    return value;
  }
  if (isType(found, "array")) return found.minItems && found.items ? [fresh(found.items, root, depth + 1) ?? ""] : [];
  if (isType(found, "string")) return found.enum?.[0] ?? "";
  const first = variants(found, root)[0];
  return first && first.fresh;
}

export interface Way {
  path: Part[];
  to: string;
  label: Json | undefined;
  // the rule that stands beside it
  rule: string;
  title: string;
  listed: boolean;
  required: boolean;
  // does not go on to where the other ways go: a refusal
  apart: boolean;
}

// Every way out of a step: the properties whose widget is "step", also inside lists.
export function waysOut(step: Thing, schema: Schema): Way[] {
  const found: Way[] = [];
  walk(step, schema, schema, [], (way) => found.push(way));
  return found;
}

function walk(value: Json | undefined, schema: Schema, root: Schema, path: Path, note: (way: Way) => void): void {
  const shape = plain(schema, root);
  if (Array.isArray(value)) {
    const items = shape.items;
    if (items) value.forEach((item, index) => walk(item, items, root, [...path, index], note));
    return;
  }
  const fitting = variants(shape, root).find((variant) => variant.fits(value))?.schema ?? shape;
  for (const [name, part] of Object.entries(fitting.properties ?? {})) {
    const inner = plain(part, root);
    const here = thing(value)[name];
    if (inner.ui?.widget !== "step") {
      if (here !== undefined && here !== null && inner.ui?.widget !== "fields") walk(here, inner, root, [...path, name], note);
      continue;
    }
    note({
      path: [...path, name],
      to: typeof here === "string" ? here : "",
      label: thing(value).label,
      rule: ruleBeside(thing(value), fitting, root),
      title: inner.title ?? name,
      listed: typeof path.at(-1) === "number",
      required: (fitting.required ?? []).includes(name),
      apart: inner.ui?.apart === true,
    });
  }
}

// Every value that is written in a step, with its schema; of a list, the list itself as well.
export function eachValue(value: Json | undefined, root: Schema, note: (value: Json, schema: Schema) => void): void {
  const look = (here: Json | undefined, schema: Schema): void => {
    if (here === undefined || here === null) return;
    const shape = plain(schema, root);
    note(here, shape);
    const { items } = shape;
    if (Array.isArray(here)) {
      if (items) here.forEach((one) => look(one, items));
      return;
    }
    const fitting = variants(shape, root).find((variant) => variant.fits(here))?.schema ?? shape;
    for (const [name, part] of Object.entries(fitting.properties ?? {})) look(thing(here)[name], part);
  };
  look(value, root);
}

function ruleBeside(value: Thing, schema: Schema, root: Schema): string {
  const name = Object.entries(schema.properties ?? {}).find(([, part]) => plain(part, root).ui?.widget === "rule")?.[0];
  const rule = name ? value[name] : undefined;
  return typeof rule === "string" ? rule : "";
}

// The first property with this widget: who does a step, how long it takes, on what it sits.
export function nameWith(widget: string, schema: Schema): string | undefined {
  return Object.entries(schema.properties ?? {}).find(([, part]) => plain(part, schema).ui?.widget === widget)?.[0];
}

// What programs call a thing comes after what people call it.
export function keyLast(properties: [string, Schema][], root: Schema): [string, Schema][] {
  const isKey = ([, part]: [string, Schema]): number => Number(plain(part, root).ui?.widget === "key");
  return [...properties].sort((one, other) => isKey(one) - isKey(other));
}
