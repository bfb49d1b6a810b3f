// How a change is marked: by a word, a sign and a tint, never by colour alone.

import { ArrowUpDown, type LucideIcon, Minus, Pencil, Plus } from "lucide-react";
import type { Tone } from "../parts/Chip";
import { t } from "../words/words";
import type { Difference } from "./versionsAnswer";

export const SIGNS: Record<string, { tone: Tone; icon: LucideIcon; word: () => string }> = {
  added: { tone: "good", icon: Plus, word: () => t("Added") },
  changed: { tone: "warn", icon: Pencil, word: () => t("Changed") },
  moved: { tone: "info", icon: ArrowUpDown, word: () => t("Moved") },
  removed: { tone: "bad", icon: Minus, word: () => t("Removed") },
};

export type Marks = ReadonlyMap<string, string>;

// The kind of change by what it is about; a question is changed with those that it holds.
export function marksOf(differences: Difference[]): Marks {
  const marks = new Map<string, string>();
  for (const { of, kind } of differences) if (of) marks.set(of.join("/"), kind);
  for (const { of } of differences) {
    const outer = of?.[0] === "field" && of.length > OUTER ? of.slice(0, OUTER).join("/") : undefined;
    if (outer && !marks.has(outer)) marks.set(outer, "changed");
  }
  return marks;
}

// "field", the form and the question
const OUTER = 3;
