// What every widget is given: the property, where it lies, and a way to change it.

import type { Json, Path } from "../model/json";
import type { Schema } from "../model/schema";

export interface WidgetProps {
  schema: Schema;
  root: Schema;
  value: Json | undefined;
  path: Path;
  label: string;
  id: string;
  described: string | undefined;
  required: boolean;
  onChange: (value: Json | undefined, join?: string) => void;
}

// A name for people out of one for programs: "working_days" becomes "Working days".
export function humane(name: string): string {
  const words = name.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
