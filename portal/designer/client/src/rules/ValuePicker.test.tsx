// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import type { Thing } from "../model/json";
import type { RuleState } from "./useRule";
import { ValuePicker } from "./ValuePicker";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const values = [
  { text: "answers.fee", label: "Fee", kind: "decimal" },
  { text: "answers.born", label: "Born", kind: "date" },
];

function drawn(tree: Thing, gives = "decimal"): { host: HTMLElement; sent: (Thing | null)[]; kinds: string[] } {
  const sent: (Thing | null)[] = [];
  const kinds: string[] = [];
  const rule: RuleState = {
    answer: { text: "", tree, values, signs: ["+", "*"], fixed: "number" },
    gives,
    asking: false,
    failed: "",
    typed: () => undefined,
    picked: (next) => sent.push(next),
  };
  const host = document.createElement("div");
  act(() => createRoot(host).render(<ValuePicker rule={rule} onKind={(kind) => kinds.push(kind)} />));
  return { host, sent, kinds };
}

function choose(host: HTMLElement, label: string, value: string): void {
  const control = host.querySelector<HTMLSelectElement | HTMLInputElement>(`[aria-label="${label}"]`);
  const proto = control instanceof HTMLSelectElement ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(proto, "value")?.set?.call(control, value);
  act(() => void control?.dispatchEvent(new Event(control instanceof HTMLSelectElement ? "change" : "input", { bubbles: true })));
}

test("an earlier answer becomes the value, and the setting beside it follows its kind", () => {
  const { host, sent, kinds } = drawn({ terms: [], signs: [] });
  choose(host, "Value from", "answers.born");
  expect(sent).toEqual([{ terms: [{ text: "answers.born" }], signs: [] }]);
  expect(kinds).toEqual(["date"]);
});

test("a second value is sent when it says something", () => {
  const { host, sent } = drawn({ terms: [{ text: "answers.fee" }], signs: [] });
  const more = [...host.querySelectorAll("button")].find((button) => button.textContent?.includes("Another value"));
  act(() => more?.click());
  expect(sent).toEqual([]);
  choose(host, "Fixed value", "2.5");
  expect(sent).toEqual([{ terms: [{ text: "answers.fee" }, { value: 2.5 }], signs: ["+"] }]);
});

test("what was written as text is not taken apart", () => {
  const { host } = drawn({ text: "age(answers.born, today)" });
  expect(host.querySelectorAll("select")).toHaveLength(0);
});
