import { at, type Json, type Path, put, thing } from "../model/json";
import { inLanguage, withText } from "../model/texts";
import type { FieldType } from "../model/start";
import { Langs } from "../properties/Langs";
import { useWriting } from "../properties/writing";
import { useDesign, useDesk, useLanguages } from "../shell/desk";
import { t } from "../words/words";

// What people read when an answer is missing or wrong: the product's sentence, or the department's own.
export function OwnSentences({ path, kind }: { path: Path; kind: FieldType }) {
  const { store } = useDesk();
  const { first } = useLanguages();
  const { language } = useWriting();
  const place = [...path, "errors"];
  const own = useDesign((state) => at(state.document, place));
  if (!kind.errors?.length) return null;
  const write = (code: string, words: string): void => {
    const next: Json = put(thing(own), [code], withText(thing(own)[code], language, words, first));
    const left = Object.keys(thing(next)).length ? next : undefined;
    store.change(put(store.state.document, place, left), undefined, undefined, `${path.join("/")} ${code} ${language}`);
  };
  return (
    <div className="cwd-field" role="group" aria-label={t("What we say when something is wrong")}>
      <div className="cwd-between">
        <span className="cwd-label">{t("What we say when something is wrong")}</span>
        <Langs value={Object.values(thing(own))[0]} label={t("What we say when something is wrong")} />
      </div>
      {kind.errors.map(({ code, sentence }) => (
        <label key={code} className="cwd-sentence">
          <span className="cwd-hint">{sentence}</span>
          <input
            className="cwd-in"
            lang={language}
            value={inLanguage(thing(own)[code], language)}
            placeholder={t("As usual")}
            onChange={(event) => write(code, event.target.value)}
          />
        </label>
      ))}
      <p className="cwd-hint">{t("Start with what to do: Enter, Select or Add.")}</p>
    </div>
  );
}
