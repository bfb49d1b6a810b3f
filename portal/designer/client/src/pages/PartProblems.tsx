// What is wrong with a certificate or a message, beside its picture; each leads to the setting that it is about.

import { CircleX, TriangleAlert } from "lucide-react";
import type { Path } from "../model/json";
import { under } from "../model/problems";
import { Sign } from "../parts/Icon";
import { useDesign } from "../shell/desk";
import { goTo } from "../shell/settings";
import { t } from "../words/words";

export function PartProblems({ path }: { path: Path }) {
  const problems = under(useDesign((state) => state.problems), path);
  if (!problems.length) return null;
  return (
    <ul className="cwd-part-problems" aria-label={t("Problems")}>
      {problems.map((problem, index) => (
        <li key={index}>
          <button type="button" className={`cwd-part-problem cwd-part-problem--${problem.severity}`} onClick={() => goTo(problem.path, 2)}>
            <Sign of={problem.severity === "mend" ? CircleX : TriangleAlert} size={15} />
            <span>{problem.sentence}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
