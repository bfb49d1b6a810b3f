// Texts in several languages, as the server keeps them: {"en": ..., "fr": ...}, or a plain string.

import { at, isThing, type Json, type Path, text, thing } from "./json";

export function inLanguage(value: Json | undefined, language: string): string {
  if (typeof value === "string") return value;
  const found = isThing(value) ? value[language] : undefined;
  return typeof found === "string" ? found : "";
}

// The text in this language, or in the nearest that there is.
export function readable(value: Json | undefined, language: string): string {
  if (typeof value === "string") return value;
  if (!isThing(value)) return "";
  for (const tag of [language, language.split("-")[0] ?? "", "en", ...Object.keys(value)]) {
    const found = value[tag];
    if (typeof found === "string" && found.trim()) return found;
  }
  return "";
}

// A plain string belongs to the first language once a second one is written.
export function withText(
  value: Json | undefined,
  language: string,
  words: string,
  first: string,
): Json | undefined {
  const texts = typeof value === "string" ? (value ? { [first]: value } : {}) : isThing(value) ? { ...value } : {};
  if (words) texts[language] = words;
  else delete texts[language];
  return Object.keys(texts).length ? texts : undefined;
}

export const isMissing = (value: Json | undefined, language: string): boolean =>
  value !== undefined && typeof value !== "string" && !inLanguage(value, language).trim();

// The languages whose words are older than those that they translate. The server marks them by ways that stay: keys
// where things have keys.
export function staleIn(document: Json, path: Path): string[] {
  const marks = thing(thing(document).translations);
  const way = path.map((part, index) => {
    if (typeof part === "string") return part;
    const item = thing(at(document, path.slice(0, index + 1)));
    return text(item.key) || text(item.field) || String(part);
  });
  return Object.keys(thing(marks[way.join("/")])).sort();
}
