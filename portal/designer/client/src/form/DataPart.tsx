import { useId, useState } from "react";
import { at, type Path, put, text, thing } from "../model/json";
import { renameField } from "../model/renaming";
import { Frame } from "../properties/Frame";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import type { FormActions } from "./useFormActions";

const ALLOWED = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;

// The name under which the answer is stored, and the kind of the question.
export function DataPart({ path }: { path: Path; actions: FormActions }) {
  return (
    <>
      <KeyField path={path} />
      <KindField path={path} />
    </>
  );
}

function KeyField({ path }: { path: Path }) {
  const { store } = useDesk();
  const id = useId();
  const key = useDesign((state) => text(thing(at(state.document, path)).key));
  const [typed, setTyped] = useState<string>();
  const wrong = typed !== undefined && !ALLOWED.test(typed);
  const keep = (): void => {
    if (typed !== undefined && !wrong && typed !== key) store.change(renameField(store.state.document, path, typed));
    store.young.delete(key);
    setTyped(undefined);
  };
  return (
    <Frame id={id} label={t("Short name")} help={t("Rules, exports and other systems use it. Rules that use the old name follow.")} path={[...path, "key"]}>
      <input
        id={id}
        className="cwd-in cwd-code"
        dir="ltr"
        aria-describedby={`${id}-help`}
        aria-invalid={wrong}
        value={typed ?? key}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Enter" && keep()}
      />
      {wrong && <p className="cwd-err">{t("Letters, digits and _ only, beginning with a letter.")}</p>}
    </Frame>
  );
}

// Another kind keeps the words and rules of a question, and begins with that kind's own settings.
function KindField({ path }: { path: Path }) {
  const { store, start } = useDesk();
  const id = useId();
  const field = useDesign((state) => thing(at(state.document, path)));
  const change = (key: string): void => {
    const kind = start.registry.field_types.find((one) => one.key === key);
    if (!kind) return;
    const { options: _, ...kept } = field;
    const options = kind.field.options;
    store.change(put(store.state.document, path, { ...kept, type: key, ...(options === undefined ? {} : { options }) }));
  };
  return (
    <Frame id={id} label={t("Kind of question")} help={t("Words and rules stay; the settings of the kind begin anew. Undo brings them back.")} path={[...path, "type"]}>
      <select id={id} className="cwd-in" aria-describedby={`${id}-help`} value={text(field.type)} onChange={(event) => change(event.target.value)}>
        {!start.registry.field_types.some((kind) => kind.key === field.type) && <option value={text(field.type)}>{text(field.type)}</option>}
        {start.registry.field_types.map((kind) => (
          <option key={kind.key} value={kind.key}>
            {kind.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
