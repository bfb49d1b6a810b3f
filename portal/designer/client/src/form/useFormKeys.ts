// Keys and the clipboard for questions and pages; never while something is typed.

import { useEffect } from "react";
import { pageOf } from "../model/forms";
import { at, list, type Path } from "../model/json";
import { useDesk } from "../shell/desk";
import { isCommand, isTyping } from "../shell/useKeys";
import { isFieldPath } from "./places";
import type { FormActions } from "./useFormActions";

const STEPS: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 };

export function useFormKeys(actions: FormActions, form: Path): void {
  const { store } = useDesk();
  useEffect(() => {
    const movable = (): boolean => actions.chosen().some((path) => path.length >= 4);
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector("dialog[open]") || !movable()) return;
      const step = STEPS[event.key];
      if (event.altKey && step && event.shiftKey) toOtherPage(step);
      else if (event.altKey && step) actions.move(step);
      else if (isCommand(event) && event.key.toLowerCase() === "d") actions.duplicate();
      else if (event.key === "Delete" && !isTyping(event.target)) actions.remove();
      else return;
      event.preventDefault();
    };
    const toOtherPage = (step: -1 | 1): void => {
      const first = actions.chosen()[0];
      if (!first || !isFieldPath(first)) return;
      const page = pageOf(first) + step;
      if (page >= 0 && page < list(at(store.state.document, [...form, "pages"])).length) actions.toPage(page);
    };
    const copy = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || getSelection()?.toString() || !movable()) return;
      event.clipboardData?.setData("text/plain", actions.copy());
      if (event.type === "cut") actions.remove();
      event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (isTyping(event.target)) return;
      if (actions.paste(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    addEventListener("keydown", press);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      removeEventListener("keydown", press);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [actions, store, form.join("/")]);
}
