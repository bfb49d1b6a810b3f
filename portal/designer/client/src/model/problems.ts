// Where the server's problems belong: to the question, page, step, message or certificate on their path.

import { type Json, type Path, startsWith, text, thing, at } from "./json";
import type { Problem } from "./start";
import { readable } from "./texts";

export type Severity = Problem["severity"];

export const under = (problems: Problem[], path: Path): Problem[] =>
  problems.filter((problem) => startsWith(problem.path, path));

export function worst(problems: Problem[]): Severity | undefined {
  if (problems.some((problem) => problem.severity === "mend")) return "mend";
  return problems.length ? "look" : undefined;
}

// The longest part of a path that names something a person can select; the rest lies within it.
export function selectable(document: Json, path: Path): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const beginning = path.slice(0, length);
    if (typeof beginning.at(-1) === "number" && isEntry(document, beginning)) return beginning;
  }
  return path.slice(0, NAMED.includes(String(path[0])) ? 2 : 1);
}

const NAMED = ["forms", "messages", "certificates", "roles"];
const SELECTED_LISTS = ["pages", "fields", "columns", "nodes"];

function isEntry(document: Json, path: Path): boolean {
  const listed = path.at(-2);
  return typeof listed === "string" && SELECTED_LISTS.includes(listed) && at(document, path) !== undefined;
}

export function tabOf(path: Path): string {
  switch (path[0]) {
    case "forms":
      return "form";
    case "workflow":
      return "workflow";
    case "messages":
      return "messages";
    case "certificates":
      return "certificate";
    case "roles":
      return "people";
    default:
      return "overview";
  }
}

export function nameOf(document: Json, path: Path, language: string): string {
  const place = thing(at(document, selectable(document, path)));
  const named = readable(place.label ?? place.title ?? place.subject, language);
  return named || text(place.key) || String(path.at(-1) ?? "");
}
