import { History } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { selectable, tabOf } from "../model/problems";
import { address } from "../model/start";
import { Button } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { Empty } from "../parts/Empty";
import { Pane } from "../parts/Pane";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { Publishing } from "./Publishing";
import { SideBySide } from "./SideBySide";
import { marksOf, SIGNS } from "./signs";
import { day, type Difference, type EffectsAnswer, type PartProps, type VersionsAnswer } from "./versionsAnswer";

const Diagram = lazy(() => import("./Diagram"));

export default function Versions() {
  const { start, calls, saver } = useDesk();
  const [answer, setAnswer] = useState<VersionsAnswer>();
  const [effects, setEffects] = useState<EffectsAnswer>();
  const [failed, setFailed] = useState("");
  const saving = useDesign((state) => state.saving.kind);
  const url = address(start.urls, "versions");
  const effectsUrl = address(start.urls, "effects");
  const load = useCallback(async () => {
    if (!url) return;
    const given = await calls.get<VersionsAnswer>(url);
    if (given.kind === "done") setAnswer(given.given);
    setFailed(given.kind === "done" ? "" : given.kind === "refused" ? given.sentence : t("The server cannot be reached just now."));
    if (!effectsUrl) return;
    const looked = await calls.get<EffectsAnswer>(effectsUrl); // may take longer, so it comes after
    if (looked.kind === "done") setEffects(looked.given);
  }, [url, effectsUrl, calls]);
  useEffect(() => {
    // what is compared is what the server has
    if (saving === "waiting") void saver?.save();
    else if (saving === "saved") void load();
  }, [saving, saver, load]);
  return (
    <div className="cwd-panes">
      <Pane side="start" label={t("Versions")}>
        <VersionList answer={answer} onDone={load} />
      </Pane>
      <Pane label={t("What changes")}>
        <div className="cwd-sheet">
          {failed && <p className="cwd-err">{failed}</p>}
          <Differences answer={answer} />
          {answer?.differences?.length ? <Beside answer={answer} /> : null}
        </div>
      </Pane>
      <Pane side="end" label={t("Publishing")}>
        <Publishing answer={answer} effects={effects} onDone={load} />
      </Pane>
    </div>
  );
}

function VersionList({ answer, onDone }: PartProps) {
  const { start, calls, store, open } = useDesk();
  const [failed, setFailed] = useState("");
  const url = address(start.urls, "restore");
  const restore = async (what: { version: number } | { revision: string }): Promise<void> => {
    if (!url) return;
    const given = await calls.post<{ document: never; revision: string; problems?: never; checklist?: never }>(url, what);
    if (given.kind !== "done") return setFailed(given.kind === "refused" ? given.sentence : t("The server cannot be reached just now."));
    store.change(given.given.document, null);
    store.set({ revision: given.given.revision, problems: given.given.problems ?? [], checklist: given.given.checklist ?? [] });
    store.say(t("It is back as the draft"));
    await onDone();
  };
  return (
    <>
      <div className="cwd-head">
        <h2>{t("Versions")}</h2>
      </div>
      {failed && <p className="cwd-err cwd-inset">{failed}</p>}
      <ol className="cwd-versions">
        <li aria-current="true">
          <b>{t("Version {n}, draft", { n: start.service.version_being_made })}</b>
        </li>
        {answer?.versions?.map((version) => (
          <li key={version.number}>
            <b>{t("Version {n}", { n: version.number })}</b>
            {version.live && <Chip tone="good">{t("Live")}</Chip>}
            <span className="cwd-meta">{[day(version.at), version.by].filter(Boolean).join(", ")}</span>
            {version.note && <span className="cwd-meta">{version.note}</span>}
            {open && url && (
              <Button small onClick={() => void restore({ version: version.number })} aria-label={t("Make version {n} the draft", { n: version.number })}>
                {t("Make it the draft")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {answer?.revisions && answer.revisions.length > 1 && (
        <details className="cwd-inset cwd-revisions">
          <summary>{t("What was saved before")}</summary>
          <ol className="cwd-versions">
            {answer.revisions.slice(1).map((revision) => (
              <li key={revision.revision}>
                <span className="cwd-meta">{[day(revision.at), revision.by].filter(Boolean).join(", ")}</span>
                {open && url && (
                  <Button small onClick={() => void restore({ revision: revision.revision })} aria-label={t("Bring back what was saved on {day}", { day: day(revision.at) })}>
                    {t("Bring back")}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Differences({ answer }: { answer: VersionsAnswer | undefined }) {
  const { start } = useDesk();
  const { live_version: live, version_being_made: next } = start.service;
  const found = answer?.differences ?? [];
  return (
    <section className="cwd-card" aria-labelledby="cwd-changes">
      <header className="cwd-card__head">
        <h2 id="cwd-changes">{live ? t("What changes from {before} to {after}", { before: live, after: next }) : t("What is new")}</h2>
        {answer && <span className="cwd-count">{tn(found.length, "{n} change", "{n} changes")}</span>}
      </header>
      <ul className="cwd-differences">
        {found.map((one, index) => (
          <Line key={index} difference={one} />
        ))}
      </ul>
      {answer && !found.length && (
        <div className="cwd-card__in">
          <Empty icon={History} title={t("Nothing is different from what is live")} />
        </div>
      )}
    </section>
  );
}

// The pages and the steps that are different, drawn.
function Beside({ answer }: { answer: VersionsAnswer }) {
  const { start } = useDesk();
  const document = useDesign((state) => state.document);
  const marks = useMemo(() => marksOf(answer.differences ?? []), [answer]);
  const { live_version: live, version_being_made: next } = start.service;
  const names = { before: live ? t("Version {n}, live", { n: live }) : t("Nothing before"), after: t("Version {n}, draft", { n: next }) };
  const drawn = [...marks.keys()].some((of) => of.startsWith("step/") || of === "workflow");
  return (
    <>
      <SideBySide before={answer.before} after={document} marks={marks} names={names} />
      {drawn && (
        <Suspense fallback={<p className="cwd-loading">{t("Opening")}</p>}>
          <Diagram before={answer.before} after={document} marks={marks} />
        </Suspense>
      )}
    </>
  );
}

function Line({ difference }: { difference: Difference }) {
  const { store } = useDesk();
  const document = useDesign((state) => state.document);
  const sign = SIGNS[difference.kind];
  const { path } = difference;
  return (
    <li>
      <Chip tone={sign?.tone ?? "quiet"} {...(sign && { icon: sign.icon })}>
        {sign?.word() ?? difference.kind}
      </Chip>
      <span>{difference.sentence}</span>
      {path && path.length > 1 && difference.kind !== "removed" && (
        <Button small look="quiet" aria-label={t("Show {name}", { name: difference.sentence })} onClick={() => store.open(tabOf(path), selectable(document, path))}>
          {t("Show")}
        </Button>
      )}
    </li>
  );
}
