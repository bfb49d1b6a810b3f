// Texts in several languages, as the server keeps them: {"en": ..., "fr": ...}, or a plain string.

import { isThing, type Json } from "./json";

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
