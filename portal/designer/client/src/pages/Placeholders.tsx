// Buttons that put a placeholder where the person wrote last.

import { useEffect, useRef } from "react";
import { Button } from "../parts/Button";
import { t } from "../words/words";

export function Placeholders({ offered }: { offered: { key: string; label: string }[] }) {
  const last = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  useEffect(() => {
    const note = (event: FocusEvent): void => {
      const { target } = event;
      if ((target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) && target.closest("[data-rename]")) last.current = target;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  if (!offered.length) return null;
  return (
    <div className="cwd-field" role="group" aria-label={t("What is filled in")}>
      <span className="cwd-label">{t("What is filled in")}</span>
      <div className="cwd-row">
        {offered.map((one) => (
          <Button small key={one.key} onClick={() => insertInto(last.current, `{${one.key}}`)}>
            {one.label}
          </Button>
        ))}
      </div>
      <p className="cwd-hint">{t("Each puts its place where you wrote last.")}</p>
    </div>
  );
}

// React hears of the change as of typing.
function insertInto(target: HTMLInputElement | HTMLTextAreaElement | null, words: string): void {
  if (!target?.isConnected) return;
  const start = target.selectionStart ?? target.value.length;
  const next = target.value.slice(0, start) + words + target.value.slice(target.selectionEnd ?? start);
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(target), "value")?.set?.call(target, next);
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
  target.setSelectionRange(start + words.length, start + words.length);
}
