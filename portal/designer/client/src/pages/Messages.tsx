import { Mail } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { Segments } from "../parts/Segments";
import { useMade } from "../preview/useMade";
import { Langs } from "../properties/Langs";
import { useWriting } from "../properties/writing";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { NamedParts } from "./NamedParts";
import { PartProblems } from "./PartProblems";

export default function Messages() {
  const { start } = useDesk();
  const words = {
    many: t("Messages"),
    one: t("Message"),
    add: t("Add a message"),
    fresh: t("New message"),
    teach: t("No message is written yet. A step of the workflow sends it."),
  };
  return <NamedParts part="messages" icon={Mail} schema={start.registry.message_schema} words={words} draw={(_, key) => <LetterPreview key={key} name={key} />} beside={<Placeholders />} />;
}

interface Letter {
  subject: string;
  html: string;
  text: string;
}

// The letter as people get it, made by the server from what stands here now.
function LetterPreview({ name }: { name: string }) {
  const { language } = useWriting();
  const [plain, setPlain] = useState(false);
  const { made, failed, old } = useMade<Letter>("message", { key: name, language });
  return (
    <>
      <div className="cwd-sheet__head">
        <Langs value={undefined} label={t("Preview")} />
        <span className="cwd-tools-row">
          <Segments
            label={t("How it is read")}
            choices={[
              { key: "html", label: t("As a page") },
              { key: "text", label: t("As plain text") },
            ]}
            chosen={plain ? "text" : "html"}
            onChoose={(key) => setPlain(key === "text")}
          />
        </span>
      </div>
      <PartProblems path={["messages", name]} />
      {failed && <p className="cwd-err">{failed}</p>}
      {made ? (
        <article className={old ? "cwd-letter cwd-letter--old" : "cwd-letter"} aria-label={t("The message as people read it")} aria-busy={old}>
          <p className="cwd-letter__subject">
            <span className="cwd-hint">{t("Subject")}</span> <b dir="auto">{made.subject}</b>
          </p>
          {plain ? (
            <pre className="cwd-letter__text" lang={language} dir="auto" tabIndex={0}>
              {made.text}
            </pre>
          ) : (
            <iframe className="cwd-letter__frame" sandbox="allow-same-origin" srcDoc={withoutStyles(made.html)} title={t("The message as people read it")} onLoad={(event) => dress(event.currentTarget)} />
          )}
        </article>
      ) : (
        <Empty icon={Mail} title={failed ? t("There is no preview now") : t("The preview is being made")} />
      )}
    </>
  );
}

// A letter brings its styles with it, in attributes; this page allows none that stand in HTML. They are set one by one
// instead, which it does allow. Quotes in what people wrote are escaped, so only attributes are met.
const withoutStyles = (html: string): string => html.replaceAll(' style="', ' data-style="');

function dress(frame: HTMLIFrameElement): void {
  const inside = frame.contentDocument;
  if (!inside?.body) return;
  for (const element of inside.querySelectorAll<HTMLElement>("[data-style]")) element.style.cssText = element.dataset.style ?? "";
  for (const link of inside.querySelectorAll("a")) link.removeAttribute("href");
  frame.style.visibility = "visible";
  frame.style.blockSize = `${inside.documentElement.scrollHeight}px`;
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
