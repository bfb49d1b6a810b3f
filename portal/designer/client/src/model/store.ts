// The one place that holds the design: document, selection, what was done, and what the server says about it.

import { anchor, at, type Json, type Path, resolve, same } from "./json";
import type { Kept } from "./library";
import { merge } from "./merge";
import type { CheckItem, Person, Problem, Start } from "./start";

export interface Where {
  tab: string;
  path: Path | null;
  also: Path[];
  // the setting that is looked for there
  goal?: Path | undefined;
}

interface Moment {
  document: Json;
  where: Where;
}

export type Saving =
  | { kind: "saved"; at: Date | null; others?: boolean }
  | { kind: "waiting" | "saving" | "offline" | "signed_out" | "clashing" }
  | { kind: "refused"; sentence: string };

export interface State {
  document: Json;
  where: Where;
  past: Moment[];
  future: Moment[];
  revision: string;
  problems: Problem[];
  checklist: CheckItem[];
  saving: Saving;
  people: Person[];
  library: Kept[];
  said: string;
  previewing: boolean;
}

const MOST_MOMENTS = 200;
const TYPING = 1_000;

export class Store {
  #state: State;
  #listeners = new Set<() => void>();
  #joined = "";
  #joinedAt = 0;
  // questions and steps made in this window: their keys still follow what they are called
  readonly young = new Set<string>();

  constructor(start: Pick<Start, "document" | "revision" | "problems" | "checklist" | "library">, tab = "overview") {
    this.#state = {
      document: start.document,
      where: { tab, path: null, also: [] },
      past: [],
      future: [],
      revision: start.revision,
      problems: start.problems,
      checklist: start.checklist,
      saving: { kind: "saved", at: null },
      people: [],
      library: start.library ?? [],
      said: "",
      previewing: false,
    };
  }

  get state(): State {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  // One step that can be undone. Changes that name the same thing within a second are one step: typing.
  change(document: Json, path: Path | null = this.#state.where.path, also: Path[] = [], join = ""): void {
    const { document: before, where, past } = this.#state;
    if (document === before) return;
    const now = Date.now();
    const joins = join !== "" && join === this.#joined && now - this.#joinedAt < TYPING && past.length > 0;
    [this.#joined, this.#joinedAt] = [join, now];
    this.set({
      document,
      where: { ...where, path, also },
      past: joins ? past : [...past.slice(1 - MOST_MOMENTS), { document: before, where }],
      future: [],
    });
  }

  select(path: Path | null, also: Path[] = []): void {
    this.set({ where: { tab: this.#state.where.tab, path, also } });
  }

  open(tab: string, path: Path | null = null, goal?: Path): void {
    this.set({ where: { tab, path, also: [], goal } });
  }

  say(said: string): void {
    this.set({ said });
  }

  undo(): void {
    const { past, future, document, where } = this.#state;
    const last = past.at(-1);
    if (last) this.#go(last, past.slice(0, -1), [{ document, where }, ...future]);
  }

  redo(): void {
    const { past, future, document, where } = this.#state;
    const next = future[0];
    if (next) this.#go(next, [...past, { document, where }], future.slice(1));
  }

  #go(to: Moment, past: Moment[], future: Moment[]): void {
    this.#joined = "";
    this.set({ document: to.document, where: { ...to.where, also: [] }, past, future });
  }

  // The server's version of what was sent. What was typed since, and every step that can be undone, moves onto it.
  rebase(sent: Json, theirs: Json): void {
    if (same(sent, theirs)) return;
    const { document, where, past, future } = this.#state;
    const moved = (mine: Json): Json => merge(sent, theirs, mine).value ?? theirs;
    const renewed = (moment: Moment): Moment => ({ ...moment, document: moved(moment.document) });
    const now = moved(document);
    const found = (path: Path): Path | undefined => resolve(now, anchor(document, path));
    this.set({
      document: now,
      where: {
        ...where,
        path: where.path && (found(where.path) ?? null),
        also: where.also.map(found).filter((path) => path !== undefined),
      },
      past: past.map(renewed),
      future: future.map(renewed),
    });
  }
}

export const selected = (state: State): Json | undefined =>
  state.where.path ? at(state.document, state.where.path) : undefined;
