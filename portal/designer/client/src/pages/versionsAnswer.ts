// What the server says about versions; each part may be left out.

import type { Part, Thing } from "../model/json";
import { spokenDays } from "../words/words";

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
  approvals?: ApprovalsAnswer;
  moving?: Moving | null;
  asked?: { by: string; at: string | null; note?: string } | null;
}

// What colleagues say of the draft; `void` counts what was said before the last change.
export interface ApprovalsAnswer {
  needed: number;
  given: number;
  enough: boolean;
  void: number;
  votes: { by: string; at: string; approved: boolean; reason?: string }[];
  may_vote: boolean;
}

// Open cases of older versions; counted once a plan has looked at them.
export interface Moving {
  live: number;
  href: string;
  lines: { version: number; cases: number; href: string; counted: { safe: number; needs: number; blocked: number } | null }[];
}

export interface PartProps {
  answer: VersionsAnswer | undefined;
  onDone: () => Promise<void>;
}

export const day = (moment: string | null | undefined): string =>
  moment ? new Date(moment).toLocaleString(spokenDays(), { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }) : "";
