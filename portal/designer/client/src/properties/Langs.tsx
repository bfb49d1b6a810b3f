import { type Json, isThing, type Path } from "../model/json";
import { inLanguage, staleIn } from "../model/texts";
import { useDesign, useLanguages } from "../shell/desk";
import { t } from "../words/words";
import { useWriting } from "./writing";

// Small buttons for the languages of the service; one without a text says so, and one whose source was changed since.
export function Langs({ value, label, path }: { value: Json | undefined; label: string; path?: Path }) {
  const { all } = useLanguages();
  const stale = useDesign((state) => (path ? staleIn(state.document, path).join(" ") : "")).split(" ");
  const { language, write } = useWriting();
  if (all.length < 2) return null;
  const started = typeof value === "string" ? value !== "" : isThing(value);
  return (
    <span className="cwd-langs" role="group" aria-label={t("Language of {text}", { text: label })}>
      {all.map((code) => {
        const missing = started && !inLanguage(value, code).trim();
        const old = !missing && stale.includes(code);
        const name = [code.toUpperCase(), missing ? t("missing") : old ? t("stale") : ""].filter(Boolean).join(" ");
        return (
          <button
            type="button"
            key={code}
            lang={code}
            className={missing || old ? "cwd-stale" : ""}
            aria-pressed={code === language}
            onClick={() => write(code)}
          >
            {name}
          </button>
        );
      })}
    </span>
  );
}
