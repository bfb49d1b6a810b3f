import { Blocks } from "lucide-react";
import { useState } from "react";
import { nearest } from "../model/finding";
import { LibraryDialog } from "../library/LibraryDialog";
import type { Kept } from "../model/library";
import type { NodeKind } from "../model/start";
import { Dialog } from "../parts/Dialog";
import { KindIcon, Sign } from "../parts/Icon";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { familyName, hueOf, inFamilies } from "./families";

interface AddDialogProps {
  title: string;
  fits: (kind: NodeKind) => boolean;
  onPick: (kind: NodeKind) => void;
  onPattern?: (pattern: Kept) => void;
  onClose: () => void;
}

// Which kind of step: found by typing, or in its family; each says in a sentence what it is for.
export function AddDialog({ title, fits, onPick, onPattern, onClose }: AddDialogProps) {
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
        placeholder={t("Search kinds of step")}
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
      {onPattern && <Patterns words={words} onPattern={onPattern} />}
      {!found.length && <p className="cwd-hint">{t("No kind of step is called so.")}</p>}
    </Dialog>
  );
}

// Patterns that the department keeps: several steps at once, with names of their own.
function Patterns({ words, onPattern }: { words: string; onPattern: (pattern: Kept) => void }) {
  const [managing, setManaging] = useState(false);
  const patterns = useDesign((state) => state.library).filter((part) => part.what === "nodes" && part.label.toLocaleLowerCase().includes(words));
  if (!patterns.length) return null;
  return (
    <section aria-label={t("Library of the department")}>
      <p className="cwd-label">{t("Library of the department")}</p>
      <ul className="cwd-kindlist">
        {patterns.map((pattern) => (
          <li key={pattern.id}>
            <button type="button" onClick={() => onPattern(pattern)}>
              <span className="cwd-tile">
                <Sign of={Blocks} size={18} />
              </span>
              <span>
                <b>
                  <bdi>{pattern.label}</bdi>
                </b>
                <span className="cwd-hint">{tn(pattern.items.length, "{n} step", "{n} steps")}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="cwd-textlink" onClick={() => setManaging(true)}>
        {t("Rename or delete what is kept")}
      </button>
      {managing && <LibraryDialog onClose={() => setManaging(false)} />}
    </section>
  );
}
