// Which part of a form a path names, and what that part is called.

import { at, type Json, type Path, text, thing } from "../model/json";
import { START, stepsOf } from "../model/steps";
import { readable } from "../model/texts";

export const isPagePath = (path: Path): boolean => path.length === 4 && path[2] === "pages";
export const isFieldPath = (path: Path): boolean => path.length > 4 && typeof path.at(-1) === "number";

export function readableName(document: Json, path: Path, language: string): string {
  const part = thing(at(document, path));
  return readable(part.label ?? part.title, language) || text(part.key);
}

// the form that people meet first is the one to begin with
export function formKeys(document: Json): string[] {
  const keys = Object.keys(thing(thing(document).forms));
  const start = stepsOf(document).find((step) => step.key === at(document, START));
  const first = text(start?.form);
  return keys.includes(first) ? [first, ...keys.filter((key) => key !== first)] : keys;
}
