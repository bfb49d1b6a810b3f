import { useEffect } from "react";
import { address, type Person } from "../model/start";
import { t } from "../words/words";
import { useDesign, useDesk } from "./desk";

const EVERY = 20_000;

// Tells the server where this person is, and hears who else is here.
export function Presence() {
  const { start, store, calls } = useDesk();
  const url = address(start.urls, "presence");
  useEffect(() => {
    if (!url) return;
    const tell = async (): Promise<void> => {
      if (document.hidden) return;
      const { tab, path } = store.state.where;
      const heard = await calls.post<{ people: Person[] }>(url, { where: [tab, ...(path ?? [])].join("/") });
      if (heard.kind === "done") store.set({ people: heard.given.people ?? [] });
    };
    void tell();
    const timer = setInterval(() => void tell(), EVERY);
    return () => clearInterval(timer);
  }, [url, store, calls]);
  return null;
}

const PLACES: Record<string, () => string> = {
  overview: () => t("Overview"),
  form: () => t("Form"),
  workflow: () => t("Workflow"),
  certificate: () => t("Certificate"),
  messages: () => t("Messages"),
  people: () => t("People"),
  versions: () => t("Versions"),
};

export function Faces() {
  const people = useDesign((state) => state.people);
  if (!people.length) return null;
  return (
    <ul className="cwd-faces" aria-label={t("Editing now")}>
      {people.map((person) => {
        const place = PLACES[person.where?.split("/")[0] ?? ""]?.();
        const said = place ? t("{name}, on {place}", { name: person.name, place }) : person.name;
        return (
          <li key={person.name} title={said}>
            <span aria-hidden="true">{person.initials}</span>
            <span className="cwd-vh">{said}</span>
          </li>
        );
      })}
    </ul>
  );
}
