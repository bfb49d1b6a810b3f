// What was typed in the page of a preview, and the page drawn anew only where it is another one than before.

import type { Thing } from "../model/json";

// Everything that the inputs of the page hold, and the button that was pressed.
export function typedIn(page: Document, pressed?: Element | null): Thing {
  const form = page.querySelector("form");
  const found: Record<string, string[]> = {};
  if (!form) return found;
  for (const [name, value] of new FormData(form)) if (typeof value === "string") (found[name] ??= []).push(value);
  if (pressed instanceof Element && pressed.getAttribute("name")) found[pressed.getAttribute("name") ?? ""] = [pressed.getAttribute("value") ?? ""];
  return found;
}

// The page without what stands in its inputs: two that are the same ask the same.
export function outline(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main") ?? page.body;
  for (const input of main.querySelectorAll("input, option, textarea")) {
    for (const name of input.getAttribute("type") === "radio" || input.getAttribute("type") === "checkbox" ? ["checked"] : ["value", "selected"]) input.removeAttribute(name);
    if (input.tagName === "TEXTAREA") input.textContent = "";
  }
  return main.innerHTML.replace(/\s+/g, " ");
}

export interface Stand {
  id: string;
  top: number;
}

// Where a person stands in a page, to stand there again in the next.
export const standIn = (page: Document | null | undefined): Stand => ({ id: page?.activeElement?.id ?? "", top: page?.scrollingElement?.scrollTop ?? 0 });

export function standAgain(page: Document, { id, top }: Stand): void {
  const place = id ? page.getElementById(id) : null;
  place?.focus({ preventScroll: true });
  if (place instanceof HTMLInputElement && place.type === "text") place.setSelectionRange(place.value.length, place.value.length);
  page.scrollingElement?.scrollTo(0, top);
}
