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
  effect?: { sentences?: string[] };
  versions?: { number: number; note?: string; by?: string; at?: string | null; live?: boolean }[];
  revisions?: { revision: string; by?: string; at?: string | null }[];
  approvals?: ApprovalsAnswer;
  moving?: Moving | null;
  asked?: { by: string; at: string | null; note?: string } | null;
}

// What becomes of open cases and drafts, by version; known once nothing is to be mended.
export interface EffectsAnswer {
  known: boolean;
  cases: EffectLine[];
  drafts: EffectLine[];
}

export interface EffectLine {
  sentences: string[];
  reasons: { sentence: string; count: number }[];
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

export interface PublishingProps extends PartProps {
  effects?: EffectsAnswer | undefined;
}

export const day = (moment: string | null | undefined): string =>
  moment ? new Date(moment).toLocaleString(spokenDays(), { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }) : "";
