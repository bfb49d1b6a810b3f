// What the server says about versions; each part may be left out.

import type { Part } from "../model/json";

export interface Difference {
  kind: string;
  sentence: string;
  path?: Part[];
}

export interface VersionsAnswer {
  differences?: Difference[];
  effect?: { sentences?: string[] };
  versions?: { number: number; note?: string; by?: string; at?: string | null; live?: boolean }[];
  revisions?: { revision: string; by?: string; at?: string | null }[];
  asked?: { by: string; at: string | null; note?: string } | null;
}
