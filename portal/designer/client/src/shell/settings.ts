// From a line that says what is wrong to the very setting that it is about.

import { useEffect } from "react";
import type { Path } from "../model/json";
import { useDesign, useDesk } from "./desk";

const LONG = 60; // looks, one at each drawing: a tab that is opened for the first time comes over the network

// The setting that a path ends in, or the nearest around it that is longer than what it lies in.
export function settingAt(path: Path, within: number): HTMLElement | undefined {
  for (let length = path.length; length > within; length -= 1) {
    const found = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path.slice(0, length).join("/"))}"]`);
    const control = found?.querySelector<HTMLElement>("input, textarea, select, button");
    if (control) return control;
  }
  return undefined;
}

export function goTo(path: Path, within: number): boolean {
  const control = settingAt(path, within);
  control?.focus();
  control?.scrollIntoView({ block: "center" });
  return control !== undefined;
}

// Follows what was asked for as soon as it is drawn.
export function useGoal(): void {
  const { store } = useDesk();
  const goal = useDesign((state) => state.where.goal);
  useEffect(() => {
    if (!goal) return;
    const { tab, path } = store.state.where;
    // the settings of the whole service are chosen by nothing
    const within = tab === "overview" ? 0 : (path?.length ?? 0);
    let looks = 0;
    let frame = requestAnimationFrame(function look() {
      looks += 1;
      if (!goTo(goal, within) && looks < LONG) frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [goal, store]);
}
