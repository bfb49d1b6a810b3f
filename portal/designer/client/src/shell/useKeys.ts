// Keys that work everywhere. What belongs to one part only is listened for by that part.

import { useEffect } from "react";
import { useDesk } from "./desk";

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

export const isCommand = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

export function useKeys(onHelp: () => void): void {
  const { store, open } = useDesk();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (document.querySelector("dialog[open]")) return;
      const key = event.key.toLowerCase();
      if (isCommand(event) && (key === "z" || key === "y") && open) {
        if (key === "y" || event.shiftKey) store.redo();
        else store.undo();
      } else if (isCommand(event) && key === "enter") showProblems();
      else if (isCommand(event) && key === "/") find("[data-add]");
      else if (key === "f6") nextPane(event.shiftKey ? -1 : 1);
      else if (key === "f2") find("[data-rename]");
      else if (key === "?" && !isTyping(event.target)) onHelp();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [store, open, onHelp]);
}

// The first thing to write in that a mark names: the search of the palette, the name of what is chosen.
function find(mark: string): void {
  const place = document.querySelector<HTMLElement>(mark);
  const input = place?.matches("input, textarea") ? place : place?.querySelector<HTMLElement>("input, textarea");
  input?.focus();
  if (input instanceof HTMLInputElement) input.select();
}

function nextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  panes[(here + step + panes.length) % panes.length]?.focus();
}

function showProblems(): void {
  const strip = document.getElementById("cwd-problems");
  if (!(strip instanceof HTMLDetailsElement)) return;
  strip.open = true;
  strip.querySelector<HTMLElement>("li button, summary")?.focus();
}
