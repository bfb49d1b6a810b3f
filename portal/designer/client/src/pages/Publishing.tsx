import { Send } from "lucide-react";
import { useState } from "react";
import { address } from "../model/start";
import { Button } from "../parts/Button";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { Approvals } from "./Approvals";
import { Outlook } from "./Outlook";
import { RunningCases } from "./RunningCases";
import { day, type PublishingProps } from "./versionsAnswer";

// What publishing means, who approves it, and the buttons that ask and publish.
export function Publishing({ answer, effects, onDone }: PublishingProps) {
  const { start, calls, store } = useDesk();
  const [note, setNote] = useState("");
  const [said, setSaid] = useState("");
  const [failed, setFailed] = useState("");
  const mend = useDesign((state) => state.problems.filter((problem) => problem.severity === "mend").length);
  const saved = useDesign((state) => state.saving.kind === "saved");
  const next = start.service.version_being_made;
  const send = async (what: "publish" | "ask"): Promise<void> => {
    const url = address(start.urls, what);
    if (!url) return;
    const given = await calls.post<{ sentence?: string }>(url, { note });
    setFailed(given.kind === "done" ? "" : given.kind === "refused" ? given.sentence : t("The server cannot be reached just now."));
    if (given.kind !== "done") return;
    setSaid(given.given.sentence ?? (what === "publish" ? t("Version {n} is live.", { n: next }) : t("You have asked for publication. Who may publish sees this page.")));
    if (what === "publish") setTimeout(() => location.reload(), 1_500);
    else await onDone();
    store.say(t("Sent"));
  };
  return (
    <>
      <div className="cwd-head">
        <h2>{t("If version {n} is published", { n: next })}</h2>
      </div>
      <div className="cwd-props__in">
        <ul className="cwd-effects">
          {answer?.effect?.sentences?.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Outlook effects={effects} />
        {answer?.asked && (
          <p className="cwd-plain">
            <span>
              {t("{name} asked for publication on {day}.", { name: answer.asked.by, day: day(answer.asked.at) })} {answer.asked.note}
            </span>
          </p>
        )}
        <RunningCases moving={answer?.moving} />
        <Approvals answer={answer} onDone={onDone} />
        {mend > 0 && <p className="cwd-err">{tn(mend, "{n} thing must be mended before it can be published.", "{n} things must be mended before it can be published.")}</p>}
        {(start.may.publish || start.may.ask) && (
          <label className="cwd-field">
            <span className="cwd-label">{t("A note for who looks at it")}</span>
            <textarea className="cwd-in" rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
          </label>
        )}
        <div className="cwd-row">
          {start.may.publish && (
            <Button look="primary" icon={Send} turns disabled={mend > 0 || !saved || answer?.approvals?.enough === false} onClick={() => void send("publish")}>
              {t("Publish version {n}", { n: next })}
            </Button>
          )}
          {start.may.ask && (
            <Button look={start.may.publish ? "plain" : "primary"} icon={Send} turns disabled={!saved} onClick={() => void send("ask")}>
              {t("Ask to publish")}
            </Button>
          )}
        </div>
        <div role="status">
          {failed && <p className="cwd-err">{failed}</p>}
          {said && <p className="cwd-good">{said}</p>}
        </div>
      </div>
    </>
  );
}
