// What a property may name: steps, forms, certificates, messages, roles, questions.

import { at, type Json, text, thing, things } from "../model/json";
import { eachFieldOfForm, type Kinds } from "../model/forms";
import { rolesOf, STAFF } from "../model/roles";
import { stepsOf } from "../model/steps";
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
}

export function stepChoices({ document, language }: Namer): Choice[] {
  return stepsOf(document).map((step) => ({ value: text(step.key), label: readable(step.title, language) || text(step.key) }));
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
  field: (namer) => fieldChoices(namer),
  field_keys: (namer) => fieldChoices(namer),
  languages: ({ registry }) => registry.languages.map((one) => ({ value: one.code, label: one.name })),
  role: (namer) => roleChoices(namer, "role"),
  roles: (namer) => roleChoices(namer, "roles"),
  reader: (namer) => roleChoices(namer, "reader"),
  recipients: (namer) => roleChoices(namer, "recipients"),
};

export const choicesFor = (widget: string | undefined, namer: Namer): Choice[] | undefined =>
  widget === undefined ? undefined : SOURCES[widget]?.(namer);
