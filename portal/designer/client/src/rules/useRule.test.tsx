// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { Calls } from "../model/calls";
import { at, insert } from "../model/json";
import { Store } from "../model/store";
import { DeskContext, makeDesk } from "../shell/desk";
import { aStart, question } from "../testing/invented";
import { type RuleState, useRule } from "./useRule";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

test("what was picked is written where its question stands by then, also when the panel is left at once", async () => {
  vi.useFakeTimers();
  const start = aStart();
  const store = new Store(start);
  const answer = { text: "answers.sky", tree: null, problems: [], paths: [] };
  const fetched = async (): Promise<Response> => new Response(JSON.stringify(answer), { headers: { "Content-Type": "application/json" } });
  const desk = makeDesk(start, store, new Calls("", fetched));
  const place = ["forms", "quest", "pages", 0, "fields", 1, "show_when"];
  let rule: RuleState | undefined;
  const Probe = (): null => {
    rule = useRule(place, "");
    return null;
  };
  const root = createRoot(document.createElement("div"));
  await act(async () => root.render(<DeskContext.Provider value={desk}><Probe /></DeskContext.Provider>));
  act(() => rule?.picked({ all: [{ path: "answers.sky", operator: "is", value: "blue" }] }));
  act(() => root.unmount());
  store.change(insert(store.state.document, ["forms", "quest", "pages", 0, "fields", 0], question("first")));
  await vi.advanceTimersByTimeAsync(1_000);
  const fields = ["forms", "quest", "pages", 0, "fields"];
  expect(at(store.state.document, [...fields, 2])).toMatchObject({ key: "sea", show_when: "answers.sky" });
  expect(at(store.state.document, [...fields, 1, "show_when"])).toBeUndefined();
  vi.useRealTimers();
});
