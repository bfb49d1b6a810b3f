import { useDraggable } from "@dnd-kit/core";
import { Blocks, FileText } from "lucide-react";
import { useState } from "react";
import { LibraryDialog } from "../library/LibraryDialog";
import { nearest } from "../model/finding";
import type { Kept } from "../model/library";
import type { Block, FieldType } from "../model/start";
import { KindIcon, Sign } from "../parts/Icon";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import type { Carried } from "./Dragging";
import type { FormActions } from "./useFormActions";

const MOST_USED = 12;

// The kinds of question: those used most, or those that a search finds, and blocks of the library.
export function Palette({ actions }: { actions: FormActions }) {
  const { start, open } = useDesk();
  const [wanted, setWanted] = useState("");
  const [all, setAll] = useState(false);
  const [managing, setManaging] = useState(false);
  const library = useDesign((state) => state.library);
  if (!open) return null;
  const { field_types, blocks } = start.registry;
  const words = wanted.trim().toLocaleLowerCase();
  const fits = (one: { key: string; label: string }): boolean => `${one.label} ${one.key}`.toLocaleLowerCase().includes(words);
  const kept = library.filter((part) => part.what !== "nodes" && part.label.toLocaleLowerCase().includes(words));
  const used = field_types.filter((type) => type.common).sort((one, other) => (one.common ?? 0) - (other.common ?? 0)).slice(0, MOST_USED);
  const first = nearest(field_types.filter(fits), words);
  const groups: [string, FieldType[]][] = words
    ? [[t("Found"), field_types.filter(fits)]]
    : all
      ? grouped(field_types)
      : [[t("Used most"), used.length ? used : field_types.slice(0, MOST_USED)]];
  return (
    <section aria-label={t("Add a question")} className="cwd-palette-form">
      <div className="cwd-head">
        <h2>{t("Add a question")}</h2>
        <kbd dir="ltr">Ctrl /</kbd>
      </div>
      <div className="cwd-inset">
        <input
          className="cwd-in"
          type="search"
          data-add
          aria-label={t("Search kinds of question")}
          placeholder={tn(field_types.length, "Search {n} kind", "Search {n} kinds")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !words || !first) return;
            event.preventDefault();
            actions.addKind(first);
            setWanted("");
          }}
        />
      </div>
      {groups.map(([name, types]) => (
        <Kinds key={name} name={name} types={types} actions={actions} />
      ))}
      {words && !groups[0]?.[1].length && <p className="cwd-inset cwd-hint">{t("No kind of question is called so.")}</p>}
      {!words && (
        <div className="cwd-inset">
          <button type="button" className="cwd-textlink" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t("Only those used most") : tn(field_types.length, "The kind", "All {n} kinds")}
          </button>
        </div>
      )}
      {blocks.filter(fits).length > 0 && <p className="cwd-cap">{t("From the library")}</p>}
      <div className="cwd-kinds">
        {blocks.filter(fits).map((block) => (
          <BlockButton key={block.key} block={block} actions={actions} />
        ))}
      </div>
      {kept.length > 0 && (
        <>
          <p className="cwd-cap">{t("Library of the department")}</p>
          <div className="cwd-kinds" role="group" aria-label={t("Library of the department")}>
            {kept.map((part) => (
              <KeptButton key={part.id} part={part} actions={actions} />
            ))}
          </div>
          <div className="cwd-inset">
            <button type="button" className="cwd-textlink" onClick={() => setManaging(true)}>
              {t("Rename or delete what is kept")}
            </button>
          </div>
        </>
      )}
      {managing && <LibraryDialog onClose={() => setManaging(false)} />}
    </section>
  );
}

function grouped(types: FieldType[]): [string, FieldType[]][] {
  const groups = new Map<string, FieldType[]>();
  for (const type of types) groups.set(type.group ?? "", [...(groups.get(type.group ?? "") ?? []), type]);
  return [...groups];
}

function Kinds({ name, types, actions }: { name: string; types: FieldType[]; actions: FormActions }) {
  return (
    <>
      <p className="cwd-cap">{name}</p>
      <div className="cwd-kinds" role="group" aria-label={name}>
        {types.map((type) => (
          <KindButton key={type.key} type={type} actions={actions} />
        ))}
      </div>
    </>
  );
}

function KindButton({ type, actions }: { type: FieldType; actions: FormActions }) {
  const carried: Carried = { what: "kind", kind: type };
  const { setNodeRef, listeners } = useDraggable({ id: `kind ${type.key}`, data: carried });
  return (
    <button type="button" ref={setNodeRef} onPointerDown={listeners?.onPointerDown as never} onClick={() => actions.addKind(type)} title={type.help}>
      <KindIcon svg={type.icon_svg} />
      <span>{type.label}</span>
    </button>
  );
}

// Questions can also be dragged to their place; pages come after the chosen one.
function KeptButton({ part, actions }: { part: Kept; actions: FormActions }) {
  const carried: Carried = { what: "block", block: { key: `kept ${part.id}`, label: part.label, fields: part.items } };
  const { setNodeRef, listeners } = useDraggable({ id: `kept ${part.id}`, data: carried, disabled: part.what === "pages" });
  return (
    <button type="button" ref={setNodeRef} onPointerDown={listeners?.onPointerDown as never} onClick={() => actions.addKept(part)}>
      <Sign of={part.what === "pages" ? FileText : Blocks} />
      <bdi>{part.label}</bdi>
    </button>
  );
}

function BlockButton({ block, actions }: { block: Block; actions: FormActions }) {
  const carried: Carried = { what: "block", block };
  const { setNodeRef, listeners } = useDraggable({ id: `block ${block.key}`, data: carried });
  return (
    <button type="button" ref={setNodeRef} onPointerDown={listeners?.onPointerDown as never} onClick={() => actions.addBlock(block)}>
      {block.icon_svg ? <KindIcon svg={block.icon_svg} /> : <Sign of={Blocks} />}
      <span>{block.label}</span>
    </button>
  );
}
