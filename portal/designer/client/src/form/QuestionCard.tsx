import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { CircleAlert, GripVertical, Lock, Split, TriangleAlert } from "lucide-react";
import { memo, type MouseEvent } from "react";
import { type Path, samePath, text, type Thing } from "../model/json";
import { under } from "../model/problems";
import { inLanguage, readable } from "../model/texts";
import { Chip } from "../parts/Chip";
import { Sign } from "../parts/Icon";
import { useWriting } from "../properties/writing";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import type { Carried, Target } from "./Dragging";
import { Face } from "./Face";
import { useRuleWords } from "./ruleWords";
import { Toolbar } from "./Toolbar";
import type { FormActions } from "./useFormActions";

interface CardProps {
  field: Thing;
  path: Path;
  last: boolean;
  actions: FormActions;
}

export const QuestionCard = memo(Card, (before, after) =>
  before.field === after.field && before.last === after.last && before.actions === after.actions && samePath(before.path, after.path),
);

function Card({ field, path, last, actions }: CardProps) {
  const { store, kinds, start, open } = useDesk();
  const { language } = useWriting();
  const single = useDesign((state) => state.where.path !== null && samePath(state.where.path, path));
  const joined = useDesign((state) => state.where.also.some((other) => samePath(other, path)));
  const data: Carried & Target = { what: "place", at: "place", path };
  const drag = useSortable({ id: path.join("/"), data, disabled: !open });
  const kind = kinds.get(text(field.type));
  const label = inLanguage(field.label, language) || readable(field.label, start.language) || kind?.label || text(field.key);
  const choose = (event: MouseEvent): void => {
    event.stopPropagation();
    const { path: first, also } = store.state.where;
    const more = first && (event.shiftKey || event.ctrlKey || event.metaKey) && first.length === path.length;
    if (more && joined) store.select(first, also.filter((other) => !samePath(other, path)));
    else if (more && !samePath(first, path)) store.select(first, [...also, path]);
    else store.select(path);
  };
  const chosen = single || joined;
  return (
    <li
      ref={drag.setNodeRef}
      className={`cwd-question ${chosen ? "cwd-question--on" : ""} ${drag.isDragging ? "cwd-question--away" : ""}`}
      style={{ transform: CSS.Translate.toString(drag.transform), transition: drag.transition }}
      onClick={choose}
    >
      {open && (
        <button type="button" className="cwd-grip" aria-label={t("Move {name} by dragging", { name: label })} ref={drag.setActivatorNodeRef} {...drag.listeners} {...drag.attributes} aria-describedby={drag.attributes["aria-describedby"]}>
          <Sign of={GripVertical} />
        </button>
      )}
      {single && open && <Toolbar path={path} label={label} last={last} actions={actions} />}
      <button type="button" className="cwd-question__label" aria-pressed={chosen} onClick={choose}>
        <bdi>{label}</bdi>
        {field.required === false && kind?.has_answer && <span className="cwd-optional"> {t("(optional)")}</span>}
      </button>
      <Body field={field} path={path} />
    </li>
  );
}

// While something is dragged every card is drawn anew at each step; what does not move stays as it is.
const Body = memo(
  ({ field, path }: { field: Thing; path: Path }) => (
    <>
      <Hint field={field} />
      <Face field={field} path={path} />
      <Marks field={field} path={path} />
    </>
  ),
  (before, after) => before.field === after.field && samePath(before.path, after.path),
);

function Hint({ field }: { field: Thing }) {
  const { start } = useDesk();
  const { language } = useWriting();
  const words = inLanguage(field.hint, language) || readable(field.hint, start.language);
  return words ? <p className="cwd-question__hint">{words}</p> : null;
}

function Marks({ field, path }: { field: Thing; path: Path }) {
  const problems = useDesign((state) => state.problems);
  const condition = useRuleWords(text(field.show_when));
  const mine = under(problems, path).slice(0, 2);
  const locked = field.data_class === "sensitive";
  if (!condition && !mine.length && !locked) return null;
  return (
    <div className="cwd-marks">
      {condition && (
        <Chip tone="warn" icon={Split}>
          {t("Only if {condition}", { condition })}
        </Chip>
      )}
      {locked && <Chip icon={Lock}>{t("Sensitive")}</Chip>}
      {mine.map((problem) => (
        <Chip key={problem.sentence} tone={problem.severity === "mend" ? "bad" : "warn"} icon={problem.severity === "mend" ? CircleAlert : TriangleAlert}>
          {problem.sentence}
        </Chip>
      ))}
    </div>
  );
}
