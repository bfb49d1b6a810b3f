import { Dialog } from "../parts/Dialog";
import { t } from "../words/words";

const KEYS: [string, () => string][] = [
  ["Ctrl Z", () => t("Undo")],
  ["Ctrl Shift Z", () => t("Redo")],
  ["Ctrl /", () => t("Add")],
  ["Alt ↑ ↓", () => t("Move up or down")],
  ["Alt Shift ↑ ↓", () => t("Move to the page before or after")],
  ["Ctrl D", () => t("Duplicate")],
  ["Del", () => t("Delete")],
  ["F2", () => t("Rename")],
  ["Ctrl C, Ctrl X, Ctrl V", () => t("Copy, cut, paste")],
  ["F6", () => t("Next pane")],
  ["Ctrl Enter", () => t("Problems")],
  ["← → ↑ ↓", () => t("Workflow: follow the ways")],
  ["Enter", () => t("Workflow: properties of the step")],
  ["Ins", () => t("Workflow: add a step after this one")],
  ["L", () => t("Workflow: name of the step")],
  ["O", () => t("Workflow: canvas or outline")],
  ["?", () => t("This list")],
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("Keys")} onClose={onClose}>
      <dl className="cwd-keys">
        {KEYS.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <kbd dir="ltr">{keys}</kbd>
            </dt>
            <dd>{words()}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
