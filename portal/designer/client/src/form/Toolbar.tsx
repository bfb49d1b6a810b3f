import { ArrowDown, ArrowUp, ClipboardCopy, Copy, CornerDownRight, Trash2 } from "lucide-react";
import { KeepButton } from "../library/KeepButton";
import { pageOf } from "../model/forms";
import { at, type Path, things } from "../model/json";
import { readable } from "../model/texts";
import { IconButton } from "../parts/Button";
import { Menu } from "../parts/Menu";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import type { FormActions } from "./useFormActions";

interface ToolbarProps {
  path: Path;
  label: string;
  last: boolean;
  actions: FormActions;
}

// What can be done to the chosen question; each of these has a key as well.
export function Toolbar({ path, label, last, actions }: ToolbarProps) {
  const { start, store } = useDesk();
  const document = useDesign((state) => state.document);
  const pages = things(at(document, [...path.slice(0, 2), "pages"]));
  const here = pageOf(path);
  const items = pages.map((page, index) => ({
    label: t("Page {n}, {title}", { n: index + 1, title: readable(page.title, start.language) }),
    off: index === here && path.length === 6,
    run: () => actions.toPage(index),
  }));
  const copy = (): void => {
    void navigator.clipboard?.writeText(actions.copy()).then(() => store.say(t("Copied")));
  };
  return (
    <div className="cwd-toolbar" role="toolbar" aria-label={label} onClick={(event) => event.stopPropagation()}>
      <IconButton small icon={ArrowUp} label={t("Move up")} keys="Alt+ArrowUp" disabled={path.at(-1) === 0} onClick={() => actions.move(-1)} />
      <IconButton small icon={ArrowDown} label={t("Move down")} keys="Alt+ArrowDown" disabled={last} onClick={() => actions.move(1)} />
      <Menu small icon={CornerDownRight} label={t("Move to another page")} items={items} />
      <IconButton small icon={Copy} label={t("Duplicate")} keys="Control+D" onClick={() => actions.duplicate()} />
      <IconButton small icon={ClipboardCopy} label={t("Copy")} keys="Control+C" onClick={copy} />
      <KeepButton what="fields" places={[path]} name={label} />
      <IconButton small icon={Trash2} label={t("Delete")} keys="Delete" onClick={() => actions.remove()} />
    </div>
  );
}
