import { type Json, isThing } from "../model/json";
import { inLanguage } from "../model/texts";
import { useLanguages } from "../shell/desk";
import { t } from "../words/words";
import { useWriting } from "./writing";

// Small buttons for the languages of the service; one without a text says so.
export function Langs({ value, label }: { value: Json | undefined; label: string }) {
  const { all } = useLanguages();
  const { language, write } = useWriting();
  if (all.length < 2) return null;
  const started = typeof value === "string" ? value !== "" : isThing(value);
  return (
    <span className="cwd-langs" role="group" aria-label={t("Language of {text}", { text: label })}>
      {all.map((code) => {
        const missing = started && !inLanguage(value, code).trim();
        const name = `${code.toUpperCase()}${missing ? ` ${t("missing")}` : ""}`;
        return (
          <button
            type="button"
            key={code}
            lang={code}
            className={missing ? "cwd-stale" : ""}
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
