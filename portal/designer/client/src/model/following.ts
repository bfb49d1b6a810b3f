// The key of a question that is new in this window follows its words, until somebody sets it.

import { eachFieldOfForm, type Kinds } from "./forms";
import { at, type Json, type Path, text, thing } from "./json";
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
