import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Path } from "../model/json";
import { samePath } from "../model/json";
import { Sign } from "../parts/Icon";
import { useDesign } from "../shell/desk";

interface FrameProps {
  id: string;
  label: string;
  help?: string | undefined;
  example?: string | undefined;
  beside?: ReactNode;
  path: Path;
  group?: boolean;
  children: ReactNode;
}

// A property with its name, its help, and what the server says is wrong with it.
export function Frame({ id, label, help, example, beside, path, group, children }: FrameProps) {
  return (
    <div className="cwd-field" data-path={path.join("/")} role={group ? "group" : undefined} aria-labelledby={group ? `${id}-name` : undefined}>
      <div className="cwd-between">
        {group ? (
          <span className="cwd-label" id={`${id}-name`}>
            {label}
          </span>
        ) : (
          <label htmlFor={id}>{label}</label>
        )}
        {beside}
      </div>
      {children}
      <Help id={id} help={help} example={example} />
      <Mistakes path={path} />
    </div>
  );
}

export function Help({ id, help, example }: { id: string; help?: string | undefined; example?: string | undefined }) {
  if (!help && !example) return null;
  return (
    <p className="cwd-hint" id={`${id}-help`}>
      {help} {example && <bdi className="cwd-example">{example}</bdi>}
    </p>
  );
}

export function Mistakes({ path }: { path: Path }) {
  const problems = useDesign((state) => state.problems);
  const here = problems.filter((problem) => samePath(problem.path, path));
  return here.map((problem) => (
    <p key={problem.sentence} className={problem.severity === "mend" ? "cwd-err" : "cwd-err cwd-warn"}>
      <Sign of={problem.severity === "mend" ? CircleAlert : TriangleAlert} size={14} />
      {problem.sentence}
    </p>
  ));
}
