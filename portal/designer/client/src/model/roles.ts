// The roles that a step can name: those of the product, and those that the service makes for itself.

import { at, type Json, text, thing, type Thing } from "./json";
import { freshKey } from "./keys";
import { eachValue, type Schema } from "./schema";
import type { DepartmentRole, Registry } from "./start";
import { type StepKinds, stepsOf } from "./steps";
import { readable } from "./texts";

export const STAFF = "staff";
const WIDGETS = ["role", "roles", "reader", "recipients"];

export interface Role extends DepartmentRole {
  who: string;
}

export function rolesOf(document: Json, registry: Registry, language: string): Role[] {
  const known = new Map(registry.roles.map((role) => [role.key, role]));
  const made = Object.entries(thing(at(document, ["roles"]))).map(([key, value]): Role => {
    const { title, who } = thing(value);
    const { people = 0, names = [] } = known.get(key) ?? {};
    return { key, name: readable(title, language) || key, people, names, own: true, who: text(who) || STAFF };
  });
  return [...registry.roles.filter((role) => !role.own).map((role) => ({ ...role, who: STAFF })), ...made];
}

// The keys of all roles that a step names, each once.
export function rolesIn(step: Thing, schema: Schema | undefined): string[] {
  const found = new Set<string>();
  if (!schema) return [];
  eachValue(step, schema, (value, shape) => {
    if (!WIDGETS.includes(shape.ui?.widget ?? "")) return;
    for (const one of Array.isArray(value) ? value : [value]) if (text(one)) found.add(text(one));
  });
  return [...found];
}

// The steps that name a role, with their places in the list.
export function stepsWith(document: Json, role: string, kinds: StepKinds): { step: Thing; index: number }[] {
  return stepsOf(document)
    .map((step, index) => ({ step, index }))
    .filter(({ step }) => rolesIn(step, kinds.get(text(step.type))?.schema).includes(role));
}

// A role of the department is shared by its services: who is called the same is the same.
export function keyForRole(name: string, document: Json, registry: Registry): string {
  const words = name.trim().toLocaleLowerCase();
  const shared = registry.roles.find((role) => role.own && role.name.toLocaleLowerCase() === words);
  const taken = [...RESERVED, ...registry.roles.map((role) => role.key), ...Object.keys(thing(at(document, ["roles"])))];
  return shared?.key ?? freshKey(name, "role", taken);
}

// roles of the product that do no steps; the server refuses them as well
const RESERVED = ["citizen", "designer", "publisher", "auditor", "applicant", "owner"];
