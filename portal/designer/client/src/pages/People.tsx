// Who does the steps of the service, and who changes and publishes it. Roles of its own are made here.

import { Users } from "lucide-react";
import { at, text, thing } from "../model/json";
import { rolesIn, rolesOf } from "../model/roles";
import { address } from "../model/start";
import { Pane } from "../parts/Pane";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { AddRole } from "./AddRole";
import { PartPanel } from "./NamedParts";
import { PartProblems } from "./PartProblems";
import { RoleLine } from "./RoleLine";

export default function People() {
  const { start, stepKinds } = useDesk();
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path);
  const roles = rolesOf(document, start.registry, start.language);
  const own = path?.[0] === "roles" && at(document, ["roles", String(path[1])]) !== undefined ? String(path[1]) : undefined;
  // a step that nobody can do leads here: the roles that it names
  const step = path?.[0] === "workflow" ? thing(at(document, path)) : undefined;
  const meant = step ? rolesIn(step, stepKinds.get(text(step.type))?.schema) : [];
  return (
    <div className="cwd-panes cwd-panes--two">
      <Pane label={t("People")}>
        <div className="cwd-sheet">
          {own && <PartProblems path={["roles", own]} />}
          <section className="cwd-card" aria-labelledby="cwd-roles">
            <header className="cwd-card__head">
              <h2 id="cwd-roles">{t("Who does the work")}</h2>
            </header>
            <ul className="cwd-roles">
              {roles.map((role) => (
                <RoleLine key={role.key} role={role} chosen={role.key === own || meant.includes(role.key)} />
              ))}
            </ul>
            <AddRole />
          </section>
          <Changing />
        </div>
      </Pane>
      <Pane side="end" label={t("Properties")}>
        {own ? (
          <PartPanel key={own} part="roles" name={own} schema={start.registry.role_schema} icon={Users} title={t("Role of the service")} copies={false} />
        ) : (
          <p className="cwd-hint cwd-card__in">{t("Choose a role that the service makes to change its name. The other roles are the same in every service.")}</p>
        )}
      </Pane>
    </div>
  );
}

// Who may change the services of the department, who publishes them, and where roles are given.
function Changing() {
  const { start } = useDesk();
  const { design = [], publish = [], approvals = 0 } = start.people ?? {};
  const give = address(start.urls, "give_roles");
  return (
    <section className="cwd-card" aria-labelledby="cwd-changing">
      <header className="cwd-card__head">
        <h2 id="cwd-changing">{t("Who changes and publishes services")}</h2>
      </header>
      <div className="cwd-card__in cwd-begin">
        <Named title={t("May change services")} names={design} />
        <Named title={t("May publish them")} names={publish} />
        <p>{approvals ? tn(approvals, "Before a service is published, {n} colleague approves it.", "Before a service is published, {n} colleagues approve it.") : t("Nobody else has to approve what is published.")}</p>
        {give ? (
          <p>
            <a className="cwd-btn cwd-btn--plain" href={give}>
              {t("Give and take roles")}
            </a>
          </p>
        ) : (
          <p className="cwd-hint">{t("An administrator of the department gives and takes roles.")}</p>
        )}
      </div>
    </section>
  );
}

const MOST = 30;

function Named({ title, names }: { title: string; names: string[] }) {
  const more = names.length - MOST;
  return (
    <div>
      <h3 className="cwd-label">{title}</h3>
      <p>
        {names.length ? names.slice(0, MOST).join(", ") : t("Nobody")}
        {more > 0 && ` ${tn(more, "and {n} more", "and {n} more")}`}
      </p>
    </div>
  );
}
