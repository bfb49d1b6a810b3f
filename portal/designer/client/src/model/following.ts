// The key of a question that is new in this window follows its words, until somebody sets it.

import { eachFieldOfForm, type Kinds } from "./forms";
import { at, type Json, type Path, put, text, thing, things } from "./json";
import { freshKey } from "./keys";
import { renameField } from "./renaming";
import { readable } from "./texts";

export function followLabel(document: Json, place: Path, language: string, kinds: Kinds, young: Set<string>): Json {
  const field = thing(at(document, place));
  const old = text(field.key);
  if (!young.has(old)) return document;
  const kind = kinds.get(text(field.type));
  const taken = [...eachFieldOfForm(document, place.slice(0, 2), kinds)].map(([one]) => text(one.key));
  const others = taken.filter((key) => key !== old);
  const key = freshKey(readable(field.label, language) || (kind?.label ?? ""), "question", others);
  if (key === old) return document;
  young.delete(old);
  young.add(key);
  return renameField(document, place, key);
}

export const youngPage = (form: Path, key: string): string => [...form, "pages", key].join("/");

// The short name of a page that is new in this window follows its title, as long as no way leads to it.
export function followTitle(document: Json, path: Path, language: string, young: Set<string>): Json {
  const form = path.slice(0, 2);
  const page = thing(at(document, path));
  const old = text(page.key);
  const words = readable(page.title, language).trim();
  if (!words || !young.has(youngPage(form, old)) || JSON.stringify(at(document, form)).includes(`"to":${JSON.stringify(old)}`)) return document;
  const others = things(at(document, [...form, "pages"])).map((one) => text(one.key)).filter((key) => key !== old);
  const key = freshKey(words, "page", others);
  if (key === old) return document;
  young.delete(youngPage(form, old));
  young.add(youngPage(form, key));
  return put(document, [...path, "key"], key);
}
