// The families of steps: their shape and hue. A family is the server's word; which kinds belong to it is not known here.

import { t } from "../words/words";

export type Shape = "card" | "diamond" | "ring" | "circle";

const SHAPES: Record<string, Shape> = { choice: "diamond", join: "diamond", event: "ring", start: "circle", end: "circle" };
export const shapeOf = (family: string): Shape => SHAPES[family] ?? "card";

const HUES: Record<string, string> = { join: "choice", start: "edge", end: "edge", structure: "system" };
const KNOWN = new Set(["person", "applicant", "system", "choice", "event", "edge"]);

export function hueOf(family: string): string {
  const hue = HUES[family] ?? family;
  return KNOWN.has(hue) ? hue : "system";
}

const NAMES: Record<string, () => string> = {
  person: () => t("Person"),
  applicant: () => t("Applicant"),
  system: () => t("System"),
  choice: () => t("Choice"),
  join: () => t("Join"),
  event: () => t("Event"),
  structure: () => t("Structure"),
  start: () => t("Start"),
  end: () => t("End"),
};
const ORDER = Object.keys(NAMES);
const LAST = 1_000;

export const familyName = (family: string): string => NAMES[family]?.() ?? family;

export function inFamilies<Kind extends { family: string; common?: number }>(kinds: Kind[]): [string, Kind[]][] {
  const found = new Map<string, Kind[]>();
  const rank = (kind: Kind): number => kind.common || LAST;
  for (const kind of [...kinds].sort((one, other) => rank(one) - rank(other))) found.set(kind.family, [...(found.get(kind.family) ?? []), kind]);
  const place = (family: string): number => (ORDER.includes(family) ? ORDER.indexOf(family) : ORDER.length);
  return [...found].sort(([one], [other]) => place(one) - place(other));
}
