import { t, tn } from "../words/words";
import type { EffectLine, EffectsAnswer } from "./versionsAnswer";

// What becomes of each open case and draft: worked out before anybody publishes.
export function Outlook({ effects }: { effects: EffectsAnswer | undefined }) {
  if (!effects) return <p className="cwd-hint">{t("Open cases and drafts are being looked at.")}</p>;
  if (!effects.known) return null;
  return (
    <>
      <Lines id="cwd-outlook-cases" title={t("If open cases are moved to it")} lines={effects.cases} one={(n) => tn(n, "{n} case", "{n} cases")} />
      <Lines id="cwd-outlook-drafts" title={t("Applications that are not sent yet")} lines={effects.drafts} one={(n) => tn(n, "{n} draft", "{n} drafts")} />
    </>
  );
}

function Lines({ id, title, lines, one }: { id: string; title: string; lines: EffectLine[]; one: (count: number) => string }) {
  if (!lines.length) return null;
  return (
    <section className="cwd-said" aria-labelledby={id}>
      <h3 className="cwd-label" id={id}>
        {title}
      </h3>
      <ul className="cwd-effects">
        {lines.map((line) => (
          <li key={line.sentences.join()}>
            {line.sentences.join(" ")}
            {line.reasons.length > 0 && (
              <ul className="cwd-effects">
                {line.reasons.map(({ sentence, count }) => (
                  <li key={sentence}>
                    <bdi>{sentence}</bdi> <span className="cwd-meta">{one(count)}</span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
