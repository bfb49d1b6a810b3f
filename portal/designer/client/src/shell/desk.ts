// What every part of the designer may reach: the design, the server, and the kinds that it knows.

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Calls } from "../model/calls";
import { type Kinds, kindsOf } from "../model/forms";
import type { Saver } from "../model/saving";
import { type StepKinds, stepKindsOf } from "../model/steps";
import { languagesOf, type Start } from "../model/start";
import type { State, Store } from "../model/store";

export interface Desk {
  start: Start;
  store: Store;
  calls: Calls;
  saver: Saver | undefined;
  kinds: Kinds;
  stepKinds: StepKinds;
  // whether this person may change anything
  open: boolean;
}

export function makeDesk(start: Start, store: Store, calls: Calls, saver?: Saver): Desk {
  const { field_types, node_types } = start.registry;
  return { start, store, calls, saver, kinds: kindsOf(field_types), stepKinds: stepKindsOf(node_types), open: start.may.design };
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("A part of the designer stands outside of its desk.");
  return desk;
}

export function useDesign<Part>(pick: (state: State) => Part): Part {
  const { store } = useDesk();
  const snapshot = (): Part => pick(store.state);
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}

// The languages of the service, and the one in which its texts are shown here.
export function useLanguages(): { all: string[]; first: string } {
  const { start } = useDesk();
  const document = useDesign((state) => state.document);
  const all = languagesOf(document, start);
  return { all, first: all.includes(start.language) ? start.language : (all[0] ?? start.language) };
}
