// The pages of a form in two versions, question beside question.

import { type Json, text, type Thing, thing, things } from "../model/json";
import type { Marks } from "./signs";

export interface Row {
  key: string;
  before: Thing | undefined;
  after: Thing | undefined;
  mark: string | undefined;
}

export interface PagePair {
  form: string;
  key: string;
  before: Thing | undefined;
  after: Thing | undefined;
  rows: Row[];
}

// Every page on which anything is different.
export function changedPages(before: Json | undefined, after: Json | undefined, marks: Marks): PagePair[] {
  const [old, now] = [thing(before), thing(after)];
  const forms = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return forms.flatMap((form) => {
    const [left, right] = [pagesOf(old[form]), pagesOf(now[form])];
    return merged([...left.keys()], [...right.keys()])
      .map((key) => pair(form, key, left.get(key), right.get(key), marks))
      .filter((one) => marks.has(`page/${form}/${one.key}`) || one.rows.some((row) => row.mark));
  });
}

const pagesOf = (form: Json | undefined): Map<string, Thing> => byKey(thing(form).pages);
const byKey = (items: Json | undefined): Map<string, Thing> => new Map(things(items).map((item) => [text(item.key), item]));

function pair(form: string, key: string, before: Thing | undefined, after: Thing | undefined, marks: Marks): PagePair {
  const [left, right] = [byKey(before?.fields), byKey(after?.fields)];
  const rows = merged([...left.keys()], [...right.keys()]).map((one) => ({ key: one, before: left.get(one), after: right.get(one), mark: marks.get(`field/${form}/${one}`) }));
  return { form, key, before, after, rows };
}

// The newer order, with what is gone behind what it followed.
export function merged(before: string[], after: string[]): string[] {
  const found = [...after];
  before.forEach((key, index) => {
    if (found.includes(key)) return;
    const previous = before.slice(0, index).findLast((one) => found.includes(one));
    found.splice(previous === undefined ? 0 : found.indexOf(previous) + 1, 0, key);
  });
  return found;
}
