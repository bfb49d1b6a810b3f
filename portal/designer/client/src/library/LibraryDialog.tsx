import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { askLibrary, type Kept } from "../model/library";
import { address } from "../model/start";
import { Button, IconButton } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";

// Everything that the department keeps: to be called something else, or taken out.
export function LibraryDialog({ onClose }: { onClose: () => void }) {
  const { start, store, calls } = useDesk();
  const library = useDesign((state) => state.library);
  const [failed, setFailed] = useState("");
  const [naming, setNaming] = useState<number>();
  const ask = async (call: string, part: { id: number; name?: string }, said: string): Promise<void> => {
    const sentence = await askLibrary(calls, address(start.urls, call), part, t("The server cannot be reached just now."), (now) => store.set({ library: now }));
    setFailed(sentence ?? "");
    if (sentence !== undefined) return;
    setNaming(undefined);
    store.say(said);
  };
  return (
    <Dialog title={t("Library of the department")} onClose={onClose}>
      <ul className="cwd-library">
        {library.map((part) => (
          <li key={part.id}>
            {naming === part.id ? (
              <Rename part={part} onName={(name) => void ask("rename-part", { id: part.id, name }, t("Renamed"))} />
            ) : (
              <>
                <span>
                  <bdi>{part.label}</bdi> <span className="cwd-meta">{counted(part)}</span>
                </span>
                <IconButton small icon={Pencil} label={t("Rename {name}", { name: part.label })} onClick={() => setNaming(part.id)} />
              </>
            )}
            <IconButton small icon={Trash2} label={t("Delete {name} from the library", { name: part.label })} onClick={() => void ask("drop-part", { id: part.id }, t("{name} is not in the library any more", { name: part.label }))} />
          </li>
        ))}
      </ul>
      {!library.length && <p className="cwd-hint">{t("Nothing is kept yet. Choose a question, a page or a step, and keep it for other services.")}</p>}
      <div role="status">{failed && <p className="cwd-err">{failed}</p>}</div>
    </Dialog>
  );
}

function Rename({ part, onName }: { part: Kept; onName: (name: string) => void }) {
  const [name, setName] = useState(part.label);
  return (
    <form
      className="cwd-row"
      onSubmit={(event) => {
        event.preventDefault();
        onName(name);
      }}
    >
      <input className="cwd-in" autoFocus maxLength={80} aria-label={t("New name of {name}", { name: part.label })} value={name} onChange={(event) => setName(event.target.value)} />
      <Button small type="submit" disabled={!name.trim()}>
        {t("Rename")}
      </Button>
    </form>
  );
}

function counted({ what, items }: Kept): string {
  if (what === "fields") return tn(items.length, "{n} question", "{n} questions");
  return what === "pages" ? tn(items.length, "{n} page", "{n} pages") : tn(items.length, "{n} step", "{n} steps");
}
