// Saves by itself. What could not be sent is kept in the browser and merged when the designer opens again.

import type { Calls } from "./calls";
import { anchor, at, type Json, type Path, put, resolve, same, things } from "./json";
import { type Clash, merge } from "./merge";
import type { CheckItem, Problem } from "./start";
import type { Store } from "./store";

export interface Kept {
  revision: string;
  base: Json;
  document: Json;
  at: string;
}

interface SavedAnswer {
  revision: string;
  document: Json;
  problems?: Problem[];
  checklist?: CheckItem[];
  merged?: Path[];
  saved_at?: string;
}

interface Conflict {
  revision: string;
  document: Json;
  conflicts: Clash[];
}

export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const AFTER_TYPING = 1_200;
const TRY_AGAIN = 10_000;

export class Saver {
  clashes: Clash[] = [];
  #conflict: Conflict | undefined;
  #base: Json;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void;
  #last: Json;

  constructor(
    readonly store: Store,
    readonly calls: Calls,
    readonly url: string,
    readonly shelf: Shelf = localStorage,
  ) {
    this.#base = store.state.document;
    this.#last = store.state.document;
    this.#stop = store.subscribe(() => this.#noticed());
  }

  get name(): string {
    return `cwd ${this.url}`;
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
  }

  // Puts back what an earlier visit could not send, as a step that can be undone. Tells when that was.
  restore(): string | undefined {
    const kept = this.#kept();
    if (!kept) return undefined;
    const merged = merge(kept.base, this.#base, kept.document);
    if (merged.value === undefined || same(merged.value, this.#base)) {
      this.#forget();
      return undefined;
    }
    this.store.change(merged.value, null);
    if (merged.clashes.length) {
      this.#conflict = { revision: this.store.state.revision, document: merged.value, conflicts: merged.clashes };
      this.#clash();
    }
    return kept.at;
  }

  #noticed(): void {
    const { document, saving } = this.store.state;
    if (document === this.#last) return;
    this.#last = document;
    this.#keep();
    if (saving.kind === "clashing" || saving.kind === "saving") return;
    if (saving.kind !== "signed_out" && saving.kind !== "offline") this.store.set({ saving: { kind: "waiting" } });
    this.#later(AFTER_TYPING);
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), milliseconds);
  }

  async save(): Promise<void> {
    const { document: sent, revision, saving } = this.store.state;
    if (saving.kind === "saving" || saving.kind === "clashing") return;
    clearTimeout(this.#timer);
    if (sent === this.#base) {
      this.store.set({ saving: { kind: "saved", at: saving.kind === "saved" ? saving.at : new Date() } });
      return;
    }
    this.store.set({ saving: { kind: "saving" } });
    const answer = await this.calls.post<SavedAnswer>(this.url, { base: revision, document: sent });
    switch (answer.kind) {
      case "done":
        return this.#saved(sent, answer.given);
      case "refused":
        if (answer.status !== 409 || !Array.isArray(answer.given.conflicts)) return this.store.set({ saving: { kind: "refused", sentence: answer.sentence } });
        this.#conflict = answer.given as unknown as Conflict;
        return this.#clash();
      case "signed_out":
        return this.store.set({ saving: { kind: "signed_out" } });
      case "offline":
        this.store.set({ saving: { kind: "offline" } });
        return this.#later(TRY_AGAIN);
    }
  }

  #saved(sent: Json, answer: SavedAnswer): void {
    this.#base = answer.document;
    this.store.rebase(sent, answer.document);
    const untouched = same(this.store.state.document, answer.document);
    if (untouched) {
      this.#base = this.store.state.document;
      this.#forget();
    }
    this.#last = this.store.state.document;
    this.store.set({
      revision: answer.revision,
      problems: answer.problems ?? this.store.state.problems,
      checklist: answer.checklist ?? this.store.state.checklist,
      saving: untouched ? { kind: "saved", at: new Date(answer.saved_at ?? Date.now()), others: Boolean(answer.merged?.length) } : { kind: "waiting" },
    });
    if (!untouched) {
      this.#keep();
      this.#later(AFTER_TYPING);
    }
  }

  #clash(): void {
    this.clashes = this.#conflict?.conflicts ?? [];
    this.store.set({ saving: { kind: "clashing" } });
  }

  // The person chose: for every clash mine or theirs. The rest is as the server merged it.
  settle(choices: ("mine" | "theirs")[]): void {
    const conflict = this.#conflict;
    if (!conflict) return;
    const settled = conflict.conflicts.reduce((made, clash, index) => {
      const wanted = choices[index] === "theirs" ? clash.theirs : clash.mine;
      const place = resolve(made, clash.path) ?? placeBeside(made, clash.path);
      return place ? put(made, place, ordered(at(made, place), wanted)) : made;
    }, conflict.document);
    this.#conflict = undefined;
    this.clashes = [];
    this.store.set({ revision: conflict.revision, saving: { kind: "waiting" } });
    const { document, where } = this.store.state;
    // what was chosen stays so, wherever it stands now
    this.store.change(settled, (where.path && resolve(settled, anchor(document, where.path))) ?? null);
    this.#last = this.store.state.document;
    this.#later(0);
  }

  #keep(): void {
    const { document, revision } = this.store.state;
    if (document === this.#base) return this.#forget();
    const kept: Kept = { revision, base: this.#base, document, at: new Date().toISOString() };
    try {
      this.shelf.setItem(this.name, JSON.stringify(kept));
    } catch {
      // a full or forbidden shelf: the design is still in this window and will be sent from it
    }
  }

  #kept(): Kept | undefined {
    try {
      const found = JSON.parse(this.shelf.getItem(this.name) ?? "null") as Kept | null;
      return found && "document" in found && "base" in found ? found : undefined;
    } catch {
      return undefined;
    }
  }

  #forget(): void {
    try {
      this.shelf.removeItem(this.name);
    } catch {
      // nothing was kept where nothing can be kept
    }
  }
}

// An order that both changed comes as the keys of the entries; anything else is the value itself.
function ordered(now: Json | undefined, wanted: Json | undefined): Json | undefined {
  if (!Array.isArray(now) || !Array.isArray(wanted)) return wanted ?? undefined;
  const entries = things(now);
  const keys = entries.map((entry) => entry.key);
  if (!wanted.length || !wanted.every((key) => typeof key === "string") || keys.some((key) => typeof key !== "string")) return wanted;
  const named = wanted.flatMap((key) => entries.filter((entry) => entry.key === key));
  return [...named, ...entries.filter((entry) => !wanted.some((key) => key === entry.key))];
}

// A place that is gone on one side can still be written when its parent is there.
function placeBeside(document: Json, path: Path): Path | undefined {
  const parent = resolve(document, path.slice(0, -1));
  const last = path.at(-1);
  if (!parent || last === undefined) return undefined;
  const siblings = at(document, parent);
  return [...parent, Array.isArray(siblings) ? siblings.length : last];
}
