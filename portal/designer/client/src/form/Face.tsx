// The question as people will see it, nearly. Its shape is told by the server, or guessed from the schema of its kind.

import { useDroppable } from "@dnd-kit/core";
import { Plus, Split } from "lucide-react";
import { at, isThing, list, type Path, samePath, text, type Thing, thing, things } from "../model/json";
import { isLocalised, nameWith, plain } from "../model/schema";
import type { FieldType } from "../model/start";
import { inLanguage, readable } from "../model/texts";
import { Button } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { KindIcon } from "../parts/Icon";
import { useWriting } from "../properties/writing";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import type { Target } from "./Dragging";
import { useRuleWords } from "./ruleWords";

interface FaceProps {
  field: Thing;
  path: Path;
}

const MOST_CHOICES = 6;

export function Face({ field, path }: FaceProps) {
  const { kinds } = useDesk();
  const kind = kinds.get(text(field.type));
  if (!kind) return <p className="cwd-hint">{t("This kind of question is not known here: {kind}", { kind: text(field.type) })}</p>;
  if (kind.holds) return <Held field={field} path={[...path, "options", kind.holds]} />;
  if (!kind.has_answer) return <Prose field={field} kind={kind} />;
  const choices = offered(field, kind);
  if (choices) return <Choices choices={choices} round={kind.kind !== "choices"} />;
  if (kind.kind?.startsWith("yes")) return <Choices choices={[{ label: t("Yes") }, { label: t("No") }]} round />;
  return <Drawn kind={kind} field={field} />;
}

function offered(field: Thing, kind: FieldType): Thing[] | undefined {
  const name = nameWith("choices", kind.schema);
  const found = name && thing(field.options)[name];
  return Array.isArray(found) ? things(found) : undefined;
}

function Choices({ choices, round }: { choices: Thing[]; round: boolean }) {
  const { start } = useDesk();
  const { language } = useWriting();
  return (
    <ul className={round ? "cwd-face-choices" : "cwd-face-choices cwd-face-choices--ticks"}>
      {choices.slice(0, MOST_CHOICES).map((choice, index) => (
        <li key={index}>
          <bdi>{inLanguage(choice.label, language) || readable(choice.label, start.language) || t("Answer {n}", { n: index + 1 })}</bdi>
        </li>
      ))}
      {choices.length > MOST_CHOICES && <li className="cwd-face-more">{tn(choices.length - MOST_CHOICES, "and {n} more", "and {n} more")}</li>}
    </ul>
  );
}

// Words between questions: the first text among the settings.
function Prose({ field, kind }: { field: Thing; kind: FieldType }) {
  const { start } = useDesk();
  const { language } = useWriting();
  const names = Object.entries(kind.schema.properties ?? {}).filter(([, part]) => isLocalised(plain(part, kind.schema)));
  const words = names.map(([name]) => thing(field.options)[name]).find((value) => readable(value, start.language));
  const shown = inLanguage(words, language) || readable(words, start.language);
  return shown ? <p className="cwd-face-prose">{shown}</p> : null;
}

function Drawn({ kind, field }: { kind: FieldType; field: Thing }) {
  const { shape, parts, width } = kind.face ?? {};
  const own = thing(field.options).width;
  const size = typeof own === "number" ? own : width;
  if (parts?.length) {
    return (
      <div className="cwd-face-parts" aria-hidden="true">
        {parts.map((part) => (
          <span key={part}>
            {part}
            <span className="cwd-face-line" />
          </span>
        ))}
      </div>
    );
  }
  return (
    <div className={`cwd-face-line cwd-face-line--${shape ?? "line"}`} aria-hidden="true" style={size ? { inlineSize: `${size + 3}ch` } : undefined}>
      <KindIcon svg={kind.icon_svg} />
      {kind.computed && t("Worked out by itself")}
    </div>
  );
}

// The questions inside a group: each can be chosen, and one added.
function Held({ field, path }: FaceProps) {
  const { store, open } = useDesk();
  const target: Target = { at: "end", list: path };
  const { setNodeRef, isOver } = useDroppable({ id: `end ${path.join("/")}`, data: target, disabled: !open });
  const inner = list(at(field, path.slice(-2)));
  const add = (): void => {
    store.select(inner.length ? [...path, inner.length - 1] : path.slice(0, -2));
    window.document.querySelector<HTMLElement>("[data-add]")?.focus();
  };
  return (
    <div ref={setNodeRef} className={isOver ? "cwd-held cwd-drop--over" : "cwd-held"} onClick={(event) => event.stopPropagation()}>
      <ul>
        {inner.filter(isThing).map((one, index) => (
          <HeldLine key={`${text(one.key)} ${index}`} field={one} path={[...path, index]} />
        ))}
      </ul>
      {open && (
        <Button small look="quiet" icon={Plus} onClick={add}>
          {inner.length ? t("Add a question here") : t("Add the first question here")}
        </Button>
      )}
    </div>
  );
}

function HeldLine({ field, path }: FaceProps) {
  const { store, kinds, start } = useDesk();
  const { language } = useWriting();
  const condition = useRuleWords(text(field.show_when));
  const chosen = useDesign((state) => state.where.path !== null && samePath(state.where.path, path));
  const kind = kinds.get(text(field.type));
  return (
    <li>
      <button type="button" className={chosen ? "cwd-held__line cwd-held__line--on" : "cwd-held__line"} aria-pressed={chosen} onClick={() => store.select(path)}>
        <KindIcon svg={kind?.icon_svg} size={15} />
        {inLanguage(field.label, language) || readable(field.label, start.language) || kind?.label || text(field.key)}
        {condition && (
          <Chip tone="warn" icon={Split}>
            {t("Only if {condition}", { condition })}
          </Chip>
        )}
      </button>
    </li>
  );
}
