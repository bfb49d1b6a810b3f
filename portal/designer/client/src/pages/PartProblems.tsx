// What is wrong with a certificate or a message, beside its picture; each leads to the setting that it is about.

import { CircleX, TriangleAlert } from "lucide-react";
import type { Part, Path } from "../model/json";
import { under } from "../model/problems";
import { Sign } from "../parts/Icon";
import { useDesign } from "../shell/desk";
import { t } from "../words/words";

export function PartProblems({ path }: { path: Path }) {
  const problems = under(useDesign((state) => state.problems), path);
  if (!problems.length) return null;
  return (
    <ul className="cwd-part-problems" aria-label={t("Problems")}>
      {problems.map((problem, index) => (
        <li key={index}>
          <button type="button" className={`cwd-part-problem cwd-part-problem--${problem.severity}`} onClick={() => goTo(problem.path)}>
            <Sign of={problem.severity === "mend" ? CircleX : TriangleAlert} size={15} />
            <span>{problem.sentence}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

// The setting that a path ends in, or the nearest around it.
function goTo(path: Part[]): void {
  for (let length = path.length; length > 2; length -= 1) {
    const found = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path.slice(0, length).join("/"))}"]`);
    const control = found?.querySelector<HTMLElement>("input, textarea, select, button");
    if (control) {
      control.focus();
      control.scrollIntoView({ block: "center" });
      return;
    }
  }
}
