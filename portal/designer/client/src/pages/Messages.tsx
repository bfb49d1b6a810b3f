import { Mail } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Json, Thing } from "../model/json";
import { inLanguage, readable } from "../model/texts";
import { useWriting } from "../properties/writing";
import { Button } from "../parts/Button";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { NamedParts } from "./NamedParts";

export default function Messages() {
  const { start } = useDesk();
  const words = {
    many: t("Messages"),
    one: t("Message"),
    add: t("Add a message"),
    fresh: t("New message"),
    teach: t("No message is written yet. A step of the workflow sends it."),
  };
  return <NamedParts part="messages" icon={Mail} schema={start.registry.message_schema} words={words} draw={(value) => <Letter message={value} />} beside={<Placeholders />} />;
}

// The letter nearly as people read it; what is filled in later is marked.
function Letter({ message }: { message: Thing }) {
  const { start } = useDesk();
  const { language } = useWriting();
  const said = (value: Json | undefined): string => inLanguage(value, language) || readable(value, start.language);
  const direction = start.registry.languages.find((one) => one.code === language)?.dir;
  return (
    <article className="cwd-letter" lang={language} dir={direction} aria-label={t("The message as people read it")}>
      <p className="cwd-letter__band">{start.service.department.name}</p>
      <h2>
        <Filled words={said(message.subject) || t("No subject yet")} />
      </h2>
      {said(message.body)
        .split(/\n\s*\n/)
        .filter((paragraph) => paragraph.trim())
        .map((paragraph, index) => (
          <p key={index}>
            <Filled words={paragraph} />
          </p>
        ))}
      {said(message.action) && <p className="cwd-letter__action">{said(message.action)}</p>}
    </article>
  );
}

export function Filled({ words }: { words: string }) {
  const parts = words.split(/(\{[^{}]+\})/);
  return parts.map((part, index) => (/^\{[^{}]+\}$/.test(part) ? <mark key={index}>{part.slice(1, -1)}</mark> : <span key={index}>{part}</span>));
}

// Buttons that put a placeholder where the person wrote last.
function Placeholders() {
  const { start } = useDesk();
  const last = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  useEffect(() => {
    const note = (event: FocusEvent): void => {
      const { target } = event;
      if ((target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) && target.closest("[data-rename]")) last.current = target;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  const offered = start.registry.message_placeholders ?? [];
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
