import { Mail } from "lucide-react";
import { useState } from "react";
import { Empty } from "../parts/Empty";
import { Segments } from "../parts/Segments";
import { useMade } from "../preview/useMade";
import { Langs } from "../properties/Langs";
import { useWriting } from "../properties/writing";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { NamedParts } from "./NamedParts";
import { PartProblems } from "./PartProblems";
import { Placeholders } from "./Placeholders";

export default function Messages() {
  const { start } = useDesk();
  const words = {
    many: t("Messages"),
    one: t("Message"),
    add: t("Add a message"),
    fresh: t("New message"),
    teach: t("No message is written yet. A step of the workflow sends it."),
  };
  return <NamedParts part="messages" icon={Mail} schema={start.registry.message_schema} words={words} draw={(_, key) => <LetterPreview key={key} name={key} />} beside={<Placeholders offered={start.registry.message_placeholders ?? []} />} />;
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
