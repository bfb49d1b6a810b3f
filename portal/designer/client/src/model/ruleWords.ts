// A rule said with the labels of questions and choices. It is a hint: the rule itself stands in its panel.

import { t } from "../words/words";
import { eachFieldOfForm, type Kinds } from "./forms";
import { isThing, type Json, text, thing, things } from "./json";
import { nameWith } from "./schema";
import { readable } from "./texts";

const LONGEST = 60;

export function ruleWords(rule: string, labels: ReadonlyMap<string, string>): string {
  const said = rule
    .replace(/!has\(answers\.(\w+)\)/g, (_, key: string) => t("{question} is not answered", { question: labels.get(key) ?? key }))
    .replace(/has\(answers\.(\w+)\)/g, (_, key: string) => t("{question} is answered", { question: labels.get(key) ?? key }))
    .replace(/"(\w+)"/g, (whole, key: string) => labels.get(`=${key}`) ?? whole)
    .replace(/\b(?:answers|item)\.(\w+)/g, (_, key: string) => labels.get(key) ?? key)
    .replace(/\s*==\s*/g, ` ${t("is")} `)
    .replace(/\s*!=\s*/g, ` ${t("is not")} `)
    .replace(/\s*&&\s*/g, ` ${t("and")} `)
    .replace(/\s*\|\|\s*/g, ` ${t("or")} `);
  return said.length > LONGEST ? `${said.slice(0, LONGEST).trimEnd()}…` : said;
}

// Labels by key, and those of choices by "=" and their key.
export function labelsOf(document: Json, kinds: Kinds, language: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const form of Object.keys(thing(thing(document).forms))) {
    for (const [field] of eachFieldOfForm(document, ["forms", form], kinds)) {
      labels.set(text(field.key), readable(field.label, language) || text(field.key));
      const kind = kinds.get(text(field.type));
      const name = kind && nameWith("choices", kind.schema);
      for (const choice of name && isThing(field.options) ? things(field.options[name]) : []) {
        labels.set(`=${text(choice.key)}`, readable(choice.label, language) || text(choice.key));
      }
    }
  }
  return labels;
}
