import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { address } from "../model/start";
import { Button } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import type { PartProps } from "./versionsAnswer";
import { day } from "./versionsAnswer";

// What colleagues say of the draft where the department wants its publications approved.
export function Approvals({ answer, onDone }: PartProps) {
  const found = answer?.approvals;
  if (!found?.needed) return null;
  return (
    <section className="cwd-said" aria-labelledby="cwd-approvals">
      <h3 className="cwd-label" id="cwd-approvals">
        {t("Approvals: {given} of {needed}", { given: found.given, needed: found.needed })}
      </h3>
      <ul className="cwd-effects">
        {found.votes.map((vote) => (
          <li key={vote.by}>
            <Chip tone={vote.approved ? "good" : "bad"} icon={vote.approved ? ThumbsUp : ThumbsDown}>
              {vote.approved ? t("Approved") : t("Refused")}
            </Chip>{" "}
            {vote.by} <span className="cwd-meta">{day(vote.at)}</span>
            {vote.reason && <p className="cwd-quote">{vote.reason}</p>}
          </li>
        ))}
      </ul>
      {found.void > 0 && (
        <p className="cwd-plain" role="note">
          {tn(found.void, "{n} answer was given before the last change. It does not count any more.", "{n} answers were given before the last change. They do not count any more.")}
        </p>
      )}
      {!answer?.asked && <p className="cwd-hint">{t("Ask to publish, and colleagues can approve it.")}</p>}
      {answer?.asked && !found.may_vote && <p className="cwd-hint">{t("Who asked is not among those who approve.")}</p>}
      {found.may_vote && <Vote onDone={onDone} />}
    </section>
  );
}

function Vote({ onDone }: Pick<PartProps, "onDone">) {
  const { start, calls, store } = useDesk();
  const [reason, setReason] = useState("");
  const [failed, setFailed] = useState("");
  const saved = useDesign((state) => state.saving.kind === "saved");
  const say = async (approved: boolean): Promise<void> => {
    const url = address(start.urls, "vote");
    if (!url) return;
    const given = await calls.post<unknown>(url, { approved, reason, revision: store.state.revision });
    if (given.kind !== "done") return setFailed(given.kind === "refused" ? given.sentence : t("The server cannot be reached just now."));
    setFailed("");
    setReason("");
    store.say(approved ? t("You approve it") : t("You refuse it"));
    await onDone();
  };
  return (
    <>
      <label className="cwd-field">
        <span className="cwd-label">{t("Your reason; a refusal needs one")}</span>
        <textarea className="cwd-in" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="cwd-row">
        <Button icon={ThumbsUp} disabled={!saved} onClick={() => void say(true)}>
          {t("Approve")}
        </Button>
        <Button icon={ThumbsDown} disabled={!saved} onClick={() => void say(false)}>
          {t("Refuse")}
        </Button>
      </div>
      <div role="status">{failed && <p className="cwd-err">{failed}</p>}</div>
    </>
  );
}
