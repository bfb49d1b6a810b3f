import { useState } from "react";
import { nearest } from "../model/finding";
import type { NodeKind } from "../model/start";
import { Dialog } from "../parts/Dialog";
import { KindIcon } from "../parts/Icon";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { familyName, hueOf, inFamilies } from "./families";

interface AddDialogProps {
  title: string;
  fits: (kind: NodeKind) => boolean;
  onPick: (kind: NodeKind) => void;
  onClose: () => void;
}

// Which kind of step: found by typing, or in its family; each says in a sentence what it is for.
export function AddDialog({ title, fits, onPick, onClose }: AddDialogProps) {
  const { start } = useDesk();
  const [wanted, setWanted] = useState("");
  const words = wanted.trim().toLocaleLowerCase();
  const found = start.registry.node_types.filter(
    (kind) => fits(kind) && `${kind.label} ${kind.help ?? ""} ${familyName(kind.family)}`.toLocaleLowerCase().includes(words),
  );
  const first = nearest(found, words);
  return (
    <Dialog title={title} onClose={onClose} wide>
      <input
        className="cwd-in"
        type="search"
        data-first
        aria-label={t("Search kinds of step")}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && first && onPick(first)}
      />
      {inFamilies(found).map(([family, kinds]) => (
        <section key={family} className={`cwd-hue-${hueOf(family)}`} aria-label={familyName(family)}>
          <p className="cwd-label">{familyName(family)}</p>
          <ul className="cwd-kindlist">
            {kinds.map((kind) => (
              <li key={kind.key}>
                <button type="button" onClick={() => onPick(kind)}>
                  <span className="cwd-tile">
                    <KindIcon svg={kind.icon_svg} size={18} />
                  </span>
                  <span>
                    <b>{kind.label}</b>
                    {kind.help && <span className="cwd-hint">{kind.help}</span>}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!found.length && <p className="cwd-hint">{t("No kind of step is called so.")}</p>}
    </Dialog>
  );
}
