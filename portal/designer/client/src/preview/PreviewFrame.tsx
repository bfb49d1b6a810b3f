import { CircleAlert, Eye, Monitor, Smartphone, X } from "lucide-react";
import { useState } from "react";
import { at, text, things } from "../model/json";
import { pageOf } from "../model/forms";
import { readable } from "../model/texts";
import { Button } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { Langs } from "../properties/Langs";
import { useWriting } from "../properties/writing";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { useMade } from "./useMade";

// The real page that people will see, made by the server from what stands here now.
export function PreviewFrame({ form }: { form: string }) {
  const { start, store } = useDesk();
  const [phone, setPhone] = useState(false);
  const [errors, setErrors] = useState(false);
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path);
  const pages = things(at(document, ["forms", form, "pages"]));
  const index = path ? pageOf(path) : 0;
  const { language } = useWriting();
  const { made, failed } = useMade<{ html: string }>("preview", { form, page: text(pages[index]?.key), language, answers: {}, errors });
  const title = readable(pages[index]?.title, start.language);
  return (
    <section className="cwd-canvas cwd-canvas--preview" aria-label={t("Preview")} tabIndex={0} data-pane>
      <div className="cwd-sheet__head cwd-sheet__head--preview">
        <b>{t("Page {n}, {title}", { n: index + 1, title })}</b>
        <Langs value={undefined} label={t("Preview")} />
        <span className="cwd-tools-row">
          <Button small icon={phone ? Monitor : Smartphone} aria-pressed={phone} onClick={() => setPhone(!phone)}>
            {phone ? t("Desktop") : t("Phone")}
          </Button>
          <Button small icon={CircleAlert} aria-pressed={errors} onClick={() => setErrors(!errors)}>
            {t("Show errors")}
          </Button>
          <Button small icon={X} onClick={() => store.set({ previewing: false })}>
            {t("Back to editing")}
          </Button>
        </span>
      </div>
      {failed && <p className="cwd-err">{failed}</p>}
      {made ? (
        <iframe className={phone ? "cwd-frame cwd-frame--phone" : "cwd-frame"} sandbox="allow-same-origin" srcDoc={made.html} title={t("Preview of {title}", { title })} />
      ) : (
        <Empty icon={Eye} title={failed ? t("There is no preview now") : t("The preview is being made")} />
      )}
    </section>
  );
}
