import { type ReactNode, useState } from "react";
import type { Thing } from "../model/json";
import { askLibrary, type Kept } from "../model/library";
import { address } from "../model/start";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";

interface KeepDialogProps {
  title: string;
  name: string;
  what: Kept["what"];
  items: Thing[];
  children?: ReactNode;
  onClose: () => void;
}

// Asks for the name under which something is kept for the department.
export function KeepDialog({ title, name: proposed, what, items, children, onClose }: KeepDialogProps) {
  const { start, store, calls } = useDesk();
  const [name, setName] = useState(proposed);
  const [failed, setFailed] = useState("");
  const keep = async (): Promise<void> => {
    const sent = { what, name, items };
    const sentence = await askLibrary(calls, address(start.urls, "keep-part"), sent, t("The server cannot be reached just now."), (library) => store.set({ library }));
    setFailed(sentence ?? "");
    if (sentence !== undefined) return;
    store.say(t("{name} is in the library", { name }));
    onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <Button look="primary" disabled={!name.trim() || !items.length} onClick={() => void keep()}>
          {t("Keep it")}
        </Button>
      }
    >
      <label className="cwd-field">
        <span className="cwd-label">{t("Name in the library of the department")}</span>
        <input className="cwd-in" data-first maxLength={80} value={name} onChange={(event) => setName(event.target.value)} onKeyDown={(event) => event.key === "Enter" && name.trim() && void keep()} />
      </label>
      {children}
      <div role="status">{failed && <p className="cwd-err">{failed}</p>}</div>
    </Dialog>
  );
}
