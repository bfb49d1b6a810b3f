// Puts the designer together: the design, the server, and what is drawn.

import { createRoot } from "react-dom/client";
import { Calls } from "./model/calls";
import { Saver } from "./model/saving";
import { address, type Start } from "./model/start";
import { NODES, stepsOf } from "./model/steps";
import { Store } from "./model/store";
import { App } from "./shell/App";
import { makeDesk } from "./shell/desk";
import { TABS } from "./shell/tabs";
import "./styles/designer.css";
import { clock, speak, t } from "./words/words";

export function open(root: HTMLElement, start: Start): void {
  speak(start.language);
  const [wanted = "", step = ""] = location.hash.slice(1).split("/");
  const store = new Store(start, TABS.some((tab) => tab.key === wanted) ? wanted : "overview");
  const place = stepsOf(start.document).findIndex((each) => each.key === step);
  if (wanted === "workflow" && step && place >= 0) store.open(wanted, [...NODES, place]);
  if (wanted === "workflow") void import("./workflow/layOutEarly").then(({ layOutEarly }) => layOutEarly(start));
  const calls = new Calls(start.csrf);
  const save = address(start.urls, "save");
  const saver = save && start.may.design ? new Saver(store, calls, save) : undefined;
  createRoot(root).render(<App desk={makeDesk(start, store, calls, saver)} />);
  const at = saver?.restore();
  if (at) store.say(t("Changes of {time} that could not be sent are back. Undo takes them away.", { time: clock(new Date(at)) }));
  addEventListener("beforeunload", (event) => {
    if (saver && store.state.saving.kind !== "saved") event.preventDefault();
  });
}
