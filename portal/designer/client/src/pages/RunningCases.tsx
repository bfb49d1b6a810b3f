import { t, tn } from "../words/words";
import type { Moving } from "./versionsAnswer";

// Open cases of older versions: where they can be moved, and what the newest plan counted.
export function RunningCases({ moving }: { moving: Moving | null | undefined }) {
  if (!moving?.lines.length) return null;
  return (
    <section className="cwd-said" aria-labelledby="cwd-running">
      <h3 className="cwd-label" id="cwd-running">
        {t("Cases that run with an older version")}
      </h3>
      <ul className="cwd-effects">
        {moving.lines.map(({ version, cases, counted, href }) => (
          <li key={version}>
            {tn(cases, "{n} open case of version {version}", "{n} open cases of version {version}", { version })}
            {counted && (
              <span className="cwd-meta">
                {" "}
                {t("Safe to move: {safe}. Needs an answer: {needs}. Blocked: {blocked}.", counted)}
              </span>
            )}{" "}
            <a href={href}>
              {counted ? t("Look at the plan") : t("See which can be moved")}
              <span className="cwd-vh"> {t("Version {n}", { n: version })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
