// One role: who has it, and which steps name it.

import { TriangleAlert, Users } from "lucide-react";
import { text } from "../model/json";
import { type Role, STAFF, stepsWith } from "../model/roles";
import { readable } from "../model/texts";
import { Chip } from "../parts/Chip";
import { Sign } from "../parts/Icon";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { stepPath } from "../workflow/useStepActions";

export function RoleLine({ role, chosen }: { role: Role; chosen: boolean }) {
  const { store, start, stepKinds } = useDesk();
  const document = useDesign((state) => state.document);
  const steps = stepsWith(document, role.key, stepKinds);
  return (
    <li className={chosen ? "cwd-role cwd-role--on" : "cwd-role"}>
      <Sign of={Users} size={18} />
      <div className="cwd-role__in">
        <div className="cwd-row">
          {role.own ? (
            <button type="button" className="cwd-goto" aria-pressed={chosen} onClick={() => store.select(["roles", role.key])}>
              {role.name}
            </button>
          ) : (
            <b>{role.name}</b>
          )}
          {role.own && <Chip>{role.who === STAFF ? t("made by this service") : WHO[role.who]?.() ?? role.who}</Chip>}
          {role.who === STAFF && !role.people && steps.length > 0 && (
            <Chip tone="warn" icon={TriangleAlert}>
              {t("Nobody has this role")}
            </Chip>
          )}
        </div>
        {role.people > 0 && <People role={role} />}
        {steps.length > 0 ? (
          <ul className="cwd-role__steps" aria-label={t("Steps of {role}", { role: role.name })}>
            {steps.map(({ step, index }) => (
              <li key={index}>
                <button type="button" className="cwd-goto" onClick={() => store.open("workflow", stepPath(index))}>
                  {readable(step.title, start.language) || text(step.key)}
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <span className="cwd-hint">{t("No step of this service names it.")}</span>
        )}
      </div>
    </li>
  );
}

const WHO: Record<string, () => string> = {
  applicant: () => t("the applicant"),
  system: () => t("another system"),
};

function People({ role: { people, names = [] } }: { role: Role }) {
  const more = people - names.length;
  return (
    <span className="cwd-meta">
      {names.join(", ")}
      {more > 0 && ` ${tn(more, "and {n} more", "and {n} more")}`}
    </span>
  );
}
