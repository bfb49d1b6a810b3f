import { FilePlus2 } from "lucide-react";
import { useEffect } from "react";
import { freshKey } from "../model/keys";
import { at, put, thing, things } from "../model/json";
import { Button } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { Pane } from "../parts/Pane";
import { PreviewFrame } from "../preview/PreviewFrame";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { Canvas } from "./Canvas";
import { Dragging } from "./Dragging";
import { PageTree } from "./PageTree";
import { Palette } from "./Palette";
import { Panel } from "./Panel";
import { formKeys } from "./places";
import { useFormActions } from "./useFormActions";
import { useFormKeys } from "./useFormKeys";

export default function FormTab() {
  const { store } = useDesk();
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path);
  const keys = formKeys(document);
  const chosen = path?.[0] === "forms" ? String(path[1]) : undefined;
  const key = chosen && keys.includes(chosen) ? chosen : keys[0];
  useEffect(() => {
    if (!key || store.state.where.path?.[0] === "forms") return;
    const pages = things(at(store.state.document, ["forms", key, "pages"]));
    store.select(pages.length ? ["forms", key, "pages", 0] : ["forms", key]);
  }, [key, store]);
  if (!key) return <NoForm />;
  return <Panes key={key} form={key} />;
}

function Panes({ form }: { form: string }) {
  const previewing = useDesign((state) => state.previewing);
  const place = ["forms", form];
  const actions = useFormActions(place);
  useFormKeys(actions, place);
  return (
    <Dragging actions={actions} form={place}>
      <div className="cwd-panes">
        <Pane side="start" label={t("Pages and questions")}>
          <PageTree form={place} actions={actions} />
          <Palette actions={actions} />
        </Pane>
        {previewing ? <PreviewFrame form={form} /> : <Canvas form={place} actions={actions} />}
        <Pane side="end" label={t("Properties")}>
          <Panel form={place} actions={actions} />
        </Pane>
      </div>
    </Dragging>
  );
}

function NoForm() {
  const { store, start, open } = useDesk();
  const add = (): void => {
    const { document } = store.state;
    const key = freshKey(t("Application"), "form", formKeys(document));
    const page = { key: "page", title: { [start.language]: t("First page") }, fields: [] };
    const made = put(document, ["forms", key], { title: thing(document).title ?? {}, pages: [page] });
    store.change(made, ["forms", key, "pages", 0]);
  };
  return (
    <div className="cwd-alone">
      <Empty icon={FilePlus2} title={t("Nothing is asked yet")}>
        <p>{t("A form is what people fill in, page by page: one topic on each page, at most about five questions.")}</p>
        {open && (
          <Button look="primary" onClick={add}>
            {t("Add the first page")}
          </Button>
        )}
      </Empty>
    </div>
  );
}
