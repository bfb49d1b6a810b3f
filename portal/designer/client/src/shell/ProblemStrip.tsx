import { ChevronUp, CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { Problem } from "../model/start";
import { nameOf, selectable, tabOf } from "../model/problems";
import { Button } from "../parts/Button";
import { Sign } from "../parts/Icon";
import { t, tn } from "../words/words";
import { useDesign, useDesk } from "./desk";

// What stands in the way of publishing, and what is worth a look: where, what, and a way there.
export function ProblemStrip() {
  const problems = useDesign((state) => state.problems);
  const mend = problems.filter((problem) => problem.severity === "mend");
  const look = problems.filter((problem) => problem.severity !== "mend");
  const first = mend[0] ?? look[0];
  if (!first) {
    return (
      <section className="cwd-problems cwd-problems--none" aria-label={t("Problems")}>
        <Sign of={CircleCheck} />
        {t("Nothing to mend")}
      </section>
    );
  }
  return (
    <section className="cwd-problems" aria-label={t("Problems")}>
      <details id="cwd-problems">
      <summary>
        <Sign of={ChevronUp} />
        {mend.length > 0 && (
          <span className="cwd-bad">
            <Sign of={CircleX} /> {tn(mend.length, "{n} to mend", "{n} to mend")}
          </span>
        )}
        {look.length > 0 && (
          <span className="cwd-warn">
            <Sign of={TriangleAlert} /> {tn(look.length, "{n} to look at", "{n} to look at")}
          </span>
        )}
        <span className="cwd-problems__first">{first.sentence}</span>
      </summary>
      <ul tabIndex={0} aria-label={t("Problems")}>
        {[...mend, ...look].slice(0, MOST).map((problem) => (
          <Line key={`${problem.path.join("/")} ${problem.sentence}`} problem={problem} />
        ))}
      </ul>
      </details>
    </section>
  );
}

const MOST = 200;

function Line({ problem }: { problem: Problem }) {
  const { store, start } = useDesk();
  const document = useDesign((state) => state.document);
  const name = nameOf(document, problem.path, start.language) || problem.where;
  return (
    <li>
      <span className={problem.severity === "mend" ? "cwd-bad" : "cwd-warn"}>
        <Sign of={problem.severity === "mend" ? CircleX : TriangleAlert} />
        <span className="cwd-vh">{problem.severity === "mend" ? t("To mend") : t("To look at")}</span>
      </span>
      <b>{name}</b>
      <span>{problem.sentence}</span>
      <Button small aria-label={t("Show {name}", { name: name ?? "" })} onClick={() => store.open(tabOf(problem.path), selectable(document, problem.path), problem.path)}>
        {t("Show")}
      </Button>
    </li>
  );
}
