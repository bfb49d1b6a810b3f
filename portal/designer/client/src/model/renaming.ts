// A new key for a question, and everywhere a rule or a text speaks of it by the old one.

import { at, isThing, type Json, type Path, put } from "./json";

const spoken = (key: string): RegExp => new RegExp(`\\banswers\\.${key}\\b(?!\\s*\\()`, "g");

export function renameField(document: Json, place: Path, key: string): Json {
  const old = at(document, [...place, "key"]);
  const renamed = put(document, [...place, "key"], key);
  if (typeof old !== "string" || !/^\w+$/.test(old) || !key) return renamed;
  return replaced(renamed, spoken(old), () => `answers.${key}`);
}

// What rules and texts say of many parts at once, as "answers.name" or "work.check", by their new names.
export function reworded(value: Json, of: "answers" | "work", names: ReadonlyMap<string, string>): Json {
  const changed = [...names].filter(([old, now]) => old !== now && /^\w+$/.test(old));
  if (!changed.length) return value;
  const pattern = new RegExp(`\\b${of}\\.(${changed.map(([old]) => old).join("|")})\\b(?!\\s*\\()`, "g");
  return replaced(value, pattern, (_, old) => `${of}.${names.get(old) ?? old}`);
}

function replaced(value: Json, pattern: RegExp, by: (whole: string, old: string) => string): Json {
  if (typeof value === "string") return value.replace(pattern, by);
  if (Array.isArray(value)) return kept(value, value.map((item) => replaced(item, pattern, by)));
  if (!isThing(value)) return value;
  let changed = false;
  const entries = Object.entries(value).map(([name, item]) => {
    const now = replaced(item, pattern, by);
    changed ||= now !== item;
    return [name, now] as const;
  });
  return changed ? Object.fromEntries(entries) : value;
}

const kept = (before: Json[], after: Json[]): Json[] => (after.every((item, index) => item === before[index]) ? before : after);
