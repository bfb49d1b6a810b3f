import { useDroppable } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { FileQuestion, Plus, Split, Users } from "lucide-react";
import { pageOf } from "../model/forms";
import { at, type Path, samePath, text, type Thing, things } from "../model/json";
import { inLanguage, readable } from "../model/texts";
import { Button } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { Empty } from "../parts/Empty";
import { useWriting } from "../properties/writing";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import type { Target } from "./Dragging";
import { QuestionCard } from "./QuestionCard";
import { RuleMapButton } from "./RuleMap";
import { useRuleWords } from "./ruleWords";
import type { FormActions } from "./useFormActions";

interface CanvasProps {
  form: Path;
  actions: FormActions;
}

// One page of the form, nearly as people see it.
export function Canvas({ form, actions }: CanvasProps) {
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path);
  const { open } = useDesk();
  const pages = things(at(document, [...form, "pages"]));
  const index = Math.min(path ? pageOf(path) : 0, Math.max(0, pages.length - 1));
  const page = pages[index];
  const place = [...form, "pages", index];
  if (!page) {
    return (
      <section className="cwd-canvas" aria-label={t("Page")} tabIndex={0} data-pane>
        <Empty icon={FileQuestion} title={t("This form has no page yet")}>
          {open && (
            <Button look="primary" icon={Plus} onClick={actions.addPage}>
              {t("Add a page")}
            </Button>
          )}
        </Empty>
      </section>
    );
  }
  return <Sheet page={page} place={place} number={index + 1} all={pages.length} actions={actions} />;
}

interface SheetProps {
  page: Thing;
  place: Path;
  number: number;
  all: number;
  actions: FormActions;
}

function Sheet({ page, place, number, all, actions }: SheetProps) {
  const { store, start } = useDesk();
  const { language } = useWriting();
  const chosen = useDesign((state) => state.where.path !== null && samePath(state.where.path, place));
  const title = inLanguage(page.title, language) || readable(page.title, start.language) || t("Page without a title");
  return (
    <section className="cwd-canvas" aria-label={t("Page {n}, {title}", { n: number, title })} tabIndex={0} data-pane>
      <div className="cwd-sheet">
        <div className="cwd-sheet__head">
          <b>{t("Page {n} of {all}", { n: number, all })}</b>
          <Condition rule={text(page.show_when)} otherwise={t("Everyone sees it")} />
          <span className="cwd-tools-row">
            <RuleMapButton form={String(place[1])} />
          </span>
        </div>
        <div className={chosen ? "cwd-paper cwd-paper--on" : "cwd-paper"}>
          <h2>
            <button type="button" className="cwd-paper__title" aria-pressed={chosen} onClick={() => store.select(place)}>
              {title}
            </button>
          </h2>
          <Questions fields={things(page.fields)} path={[...place, "fields"]} actions={actions} />
        </div>
      </div>
    </section>
  );
}

function Condition({ rule, otherwise }: { rule: string; otherwise: string }) {
  const words = useRuleWords(rule);
  return rule ? (
    <Chip tone="warn" icon={Split}>
      {t("Only if {condition}", { condition: words })}
    </Chip>
  ) : (
    <Chip icon={Users}>{otherwise}</Chip>
  );
}

interface QuestionsProps {
  fields: Thing[];
  path: Path;
  actions: FormActions;
}

function Questions({ fields, path, actions }: QuestionsProps) {
  const { open } = useDesk();
  const target: Target = { at: "end", list: path };
  const { setNodeRef, isOver } = useDroppable({ id: `end ${path.join("/")}`, data: target });
  const ids = fields.map((_, index) => [...path, index].join("/"));
  const focus = (): void => window.document.querySelector<HTMLElement>("[data-add]")?.focus();
  return (
    <SortableContext items={ids} strategy={verticalListSortingStrategy}>
      <ol className="cwd-questions">
        {fields.map((field, index) => (
          <QuestionCard key={`${text(field.key)} ${index}`} field={field} path={[...path, index]} last={index === fields.length - 1} actions={actions} />
        ))}
      </ol>
      {open && (
        <div ref={setNodeRef} className={isOver ? "cwd-drop cwd-drop--over" : "cwd-drop"}>
          {fields.length ? (
            <Button small look="quiet" icon={Plus} onClick={focus}>
              {t("Add a question")}
            </Button>
          ) : (
            <Empty icon={FileQuestion} title={t("No question on this page yet")}>
              <p>{t("Press a kind of question on the left, or drag it here.")}</p>
              <Button icon={Plus} onClick={focus}>
                {t("Add the first question")}
              </Button>
            </Empty>
          )}
        </div>
      )}
    </SortableContext>
  );
}

