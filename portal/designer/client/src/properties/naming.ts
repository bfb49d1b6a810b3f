// What a property may name: steps, forms, certificates, messages, roles, questions.

import { formKeys } from "../form/places";
import { at, type Json, type Path, text, type Thing, thing, things } from "../model/json";
import { eachFieldOfForm, heldAt, type Kinds } from "../model/forms";
import { rolesOf, STAFF } from "../model/roles";
import { hostOf, stepKindsOf, stepsOf, ways } from "../model/steps";
import { readable } from "../model/texts";
import type { Registry } from "../model/start";
import { t } from "../words/words";
import type { Choice } from "./simple";

const named = (document: Json, part: string, language: string): Choice[] =>
  Object.entries(thing(at(document, [part]))).map(([key, value]) => ({
    value: key,
    label: readable(thing(value).title ?? thing(value).subject, language) || key,
  }));

export interface Namer {
  document: Json;
  registry: Registry;
  kinds: Kinds;
  language: string;
  // of the setting that names something
  path?: Path;
}

export function stepChoices({ document, language }: Namer): Choice[] {
  return stepsOf(document).map((step) => ({ value: text(step.key), label: readable(step.title, language) || text(step.key) }));
}

interface Answered extends Choice {
  field: Thing;
  rows: boolean;
}

// The answers of a case that can be named: those of the form with which it begins, in groups but not in rows.
function answersOf({ document, kinds, language }: Namer): Answered[] {
  const found: Answered[] = [];
  const look = (fields: Json | undefined, before: string, words: string): void => {
    for (const field of things(fields)) {
      const kind = kinds.get(text(field.type));
      const value = `${before}${text(field.key)}`;
      const label = `${words}${readable(field.label, language) || text(field.key)}`;
      const held = heldAt(field, kinds);
      if (held && kind?.kind !== "rows") look(at(field, held), `${value}.`, `${label}: `);
      else if (kind?.has_answer !== false) found.push({ value, label, field, rows: kind?.kind === "rows" });
    }
  };
  for (const page of things(at(document, ["forms", formKeys(document)[0] ?? "", "pages"]))) look(page.fields, "", "");
  return found;
}

// The questions of each row, where the rows are named beside it.
function rowChoices(namer: Namer): Choice[] {
  const { document, kinds, language, path = [] } = namer;
  const rows = text(thing(at(document, path.slice(0, -3))).rows_of);
  const holder = answersOf(namer).find((one) => one.value === rows)?.field ?? {};
  const held = heldAt(holder, kinds);
  const fields = held ? things(at(holder, held)) : [];
  return fields
    .filter((field) => kinds.get(text(field.type))?.has_answer !== false)
    .map((field) => ({ value: text(field.key), label: readable(field.label, language) || text(field.key) }));
}

// How the step ends on which this one sits: by its buttons, or by the ways that it always has.
function outcomeChoices({ document, registry, language, path = [] }: Namer): Choice[] {
  const kinds = stepKindsOf(registry.node_types);
  const host = hostOf(thing(at(document, path.slice(0, 3))), kinds);
  const step = stepsOf(document).find((one) => text(one.key) === host) ?? {};
  return ways(step, kinds).map((way) => {
    const own = text(thing(at(step, way.path.slice(0, -1))).key);
    const name = way.listed && own ? own : String(way.path.at(-1) ?? "");
    return { value: name, label: readable(way.label, language) || way.title || name };
  });
}

// A setting of a form names questions of that form; one of anything else those of the form with which a case begins.
function ownFields(namer: Namer): Choice[] {
  const { path = [], document } = namer;
  return fieldChoices(namer, path[0] === "forms" ? String(path[1]) : formKeys(document)[0]);
}

export function fieldChoices({ document, kinds, language }: Namer, form?: string): Choice[] {
  const forms = form ? [form] : Object.keys(thing(at(document, ["forms"])));
  return forms.flatMap((key) =>
    [...eachFieldOfForm(document, ["forms", key], kinds)]
      .filter(([field]) => kinds.get(text(field.type))?.has_answer !== false)
      .map(([field]) => ({ value: text(field.key), label: readable(field.label, language) || text(field.key) })),
  );
}

function pageChoices({ document, language }: Namer): Choice[] {
  const pages = Object.values(thing(at(document, ["forms"]))).flatMap((form) => things(thing(form).pages));
  const found = pages.map((page) => ({ value: text(page.key), label: readable(page.title, language) || text(page.key) }));
  return [...found, { value: "check", label: t("Check your answers") }];
}

// Only who may act where a case stands can be another than staff.
function roleChoices({ document, registry, language }: Namer, widget: string): Choice[] {
  const parties = (registry.parties ?? []).filter((one) => one.widgets.includes(widget));
  const roles = rolesOf(document, registry, language).filter((role) => role.who === STAFF || widget === "roles");
  return [
    ...parties.map((one) => ({ value: one.key, label: one.name })),
    ...roles.map((role) => ({ value: role.key, label: role.who === STAFF ? t("{role} ({people})", { role: role.name, people: role.people }) : role.name })),
  ];
}

const SOURCES: Record<string, (namer: Namer) => Choice[]> = {
  step: stepChoices,
  host: stepChoices,
  steps: stepChoices,
  earlier_step: stepChoices,
  earlier_steps: stepChoices,
  page: pageChoices,
  form: (namer) => named(namer.document, "forms", namer.language),
  certificate: (namer) => named(namer.document, "certificates", namer.language),
  message: (namer) => named(namer.document, "messages", namer.language),
  field: ownFields,
  field_keys: ownFields,
  field_path: answersOf,
  rows_path: (namer) => answersOf(namer).filter((one) => one.rows),
  row_field: rowChoices,
  outcome: outcomeChoices,
  service: ({ registry }) => (registry.services ?? []).map((one) => ({ value: one.key, label: one.name })),
  language: ({ registry }) => registry.languages.map((one) => ({ value: one.code, label: one.name })),
  languages: ({ registry }) => registry.languages.map((one) => ({ value: one.code, label: one.name })),
  role: (namer) => roleChoices(namer, "role"),
  roles: (namer) => roleChoices(namer, "roles"),
  reader: (namer) => roleChoices(namer, "reader"),
  recipients: (namer) => roleChoices(namer, "recipients"),
};

export const choicesFor = (widget: string | undefined, namer: Namer): Choice[] | undefined =>
  widget === undefined ? undefined : SOURCES[widget]?.(namer);
