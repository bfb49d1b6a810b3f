// A role that the service makes; one of the department with the same name is the same role.

import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { at, put, thing } from "../model/json";
import { keyForRole } from "../model/roles";
import { Button } from "../parts/Button";
import { useDesk, useLanguages } from "../shell/desk";
import { t } from "../words/words";

export function AddRole() {
  const { store, start, open } = useDesk();
  const { first } = useLanguages();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const id = useId();
  if (!open) return null;
  const shared = start.registry.roles.filter((role) => role.own);
  const add = (): void => {
    setMissing(!name.trim());
    if (!name.trim()) return;
    const { document } = store.state;
    const key = keyForRole(name, document, start.registry);
    const made = at(document, ["roles", key]) ?? { title: { [first]: name.trim() } };
    store.change(put(document, ["roles"], { ...thing(at(document, ["roles"])), [key]: made }), ["roles", key]);
    setName("");
  };
  return (
    <form
      className="cwd-card__in cwd-field"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label className="cwd-label" htmlFor={id}>
        {t("Name of a role of your own")}
      </label>
      <p className="cwd-hint" id={`${id}-help`}>
        {t("For work that not every clerk may do, such as Fire safety inspector. Services of the department share roles with the same name.")}
      </p>
      {missing && (
        <p className="cwd-err" id={`${id}-error`}>
          {t("Write what the role is called.")}
        </p>
      )}
      <div className="cwd-row">
        <input
          id={id}
          className="cwd-in"
          list={shared.length ? `${id}-shared` : undefined}
          maxLength={60}
          aria-describedby={missing ? `${id}-error ${id}-help` : `${id}-help`}
          aria-invalid={missing || undefined}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" icon={Plus}>
          {t("Add the role")}
        </Button>
      </div>
      <datalist id={`${id}-shared`}>
        {shared.map((role) => (
          <option key={role.key} value={role.name} />
        ))}
      </datalist>
    </form>
  );
}
