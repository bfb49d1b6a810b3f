// What the server says about versions; each part may be left out.

import type { Part, Thing } from "../model/json";

export interface Difference {
  kind: string;
  sentence: string;
  path?: Part[];
  // what it is about, the same in both versions: ["field", form, key]
  of?: string[];
}

export interface VersionsAnswer {
  differences?: Difference[];
  // the forms and the workflow of what is live
  before?: Thing;
  effect?: { sentences?: string[]; by_version?: { version: number; cases: number }[] };
  versions?: { number: number; note?: string; by?: string; at?: string | null; live?: boolean }[];
  revisions?: { revision: string; by?: string; at?: string | null }[];
  asked?: { by: string; at: string | null; note?: string } | null;
}
