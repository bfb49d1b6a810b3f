import { ArrowDown, ArrowUp, Copy, FileText, ListChecks, Trash2 } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { KeepButton } from "../library/KeepButton";
import { pageOf } from "../model/forms";
import { at, type Json, type Path, text, thing, things } from "../model/json";
import { followLabel, followTitle } from "../model/following";
import { plain, type Schema } from "../model/schema";
import { readable } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { KindIcon, Sign } from "../parts/Icon";
import { Segments } from "../parts/Segments";
import { Properties } from "../properties/Property";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { DataPart } from "./DataPart";
import { OwnSentences } from "./OwnSentences";
import { isFieldPath, isPagePath } from "./places";
import type { FormActions } from "./useFormActions";

export type Part = "question" | "rules" | "data";
const RULES = new Set(["rule", "errors", "checks", "links"]);
const DATA = new Set(["key", "object", "key_of"]);
const DATA_NAMES = new Set(["data_class", "phrase", "prefill", "origin"]);
const ELSEWHERE = new Set(["key", "errors", "fields", "columns", "pages", "hidden"]);

// In which of the three parts a property is drawn: the server's hint counts, then what kind of widget it has.
export function partOf(name: string, schema: Schema, ofField: boolean): Part {
  const said = schema.ui?.tab;
  if (said === "question" || said === "rules" || said === "data") return said;
  const widget = schema.ui?.widget ?? "";
  if (RULES.has(widget)) return "rules";
  if (ofField && (DATA.has(widget) || DATA_NAMES.has(name))) return "data";
  return "question";
}

// The part with the setting that somebody was led to.
function partWith([name, inner]: Path, field: Schema, own: Schema | undefined): Part {
  const ofField = name !== "options";
  const schema = ofField ? field : own;
  const sought = String((ofField ? name : inner) ?? "");
  const found = schema?.properties?.[sought];
  if (name === "errors") return "rules";
  if (sought === "key") return "data";
  return schema && found ? partOf(sought, plain(found, schema), ofField) : "question";
}

interface PanelProps {
  form: Path;
  actions: FormActions;
}

export function Panel({ form, actions }: PanelProps) {
  const path = useDesign((state) => state.where.path);
  const also = useDesign((state) => state.where.also);
  if (path && also.length) return <Several actions={actions} count={also.length + 1} />;
  if (path && isFieldPath(path)) return <QuestionPanel key={path.join("/")} path={path} actions={actions} />;
  if (path && isPagePath(path)) return <PagePanel key={path.join("/")} path={path} actions={actions} />;
  return <FormPanel form={form} actions={actions} />;
}

// People who may not change anything see the same properties, and cannot press them.
function Sealed({ children }: { children: ReactNode }) {
  const { open } = useDesk();
  return (
    <fieldset className="cwd-props" disabled={!open}>
      {children}
    </fieldset>
  );
}

function QuestionPanel({ path, actions }: { path: Path; actions: FormActions }) {
  const { kinds, start, store } = useDesk();
  const field = useDesign((state) => at(state.document, path));
  const kind = kinds.get(text(thing(field).type));
  const { field_schema } = start.registry;
  const goal = useDesign((state) => state.where.goal);
  const meant = useMemo(() => partWith(goal?.slice(path.length) ?? [], field_schema, kind?.schema), [goal]);
  const [part, setPart] = useState<Part>(meant);
  useEffect(() => goal && setPart(meant), [goal, meant]);
  const follow = (document: Json): Json => followLabel(document, path, start.language, kinds, store.young);
  const draws = (ofField: boolean) => (name: string, schema: Schema): boolean =>
    partOf(name, schema, ofField) === part && !ELSEWHERE.has(schema.ui?.widget ?? "") && asks(name, kind?.has_answer !== false || !ofField);
  return (
    <>
      <div className="cwd-head">
        <h2>
          <KindIcon svg={kind?.icon_svg} /> {kind?.label ?? text(thing(field).type)}
        </h2>
        <bdi className="cwd-meta">{text(thing(field).key)}</bdi>
      </div>
      <Segments
        label={t("Properties")}
        chosen={part}
        onChoose={setPart}
        choices={[
          { key: "question", label: t("Question") },
          { key: "rules", label: t("Rules") },
          { key: "data", label: t("Data") },
        ]}
      />
      <Sealed>
        {part === "question" && kind?.help && <p className="cwd-hint">{kind.help}</p>}
        <div className="cwd-props__in" data-rename={part === "question" || undefined}>
          <Properties schema={field_schema} path={path} only={draws(true)} after={(name, document) => (name === "label" ? follow(document) : document)} />
          {kind && <Properties schema={kind.schema} path={[...path, "options"]} only={draws(false)} />}
          {part === "rules" && kind && <OwnSentences path={path} kind={kind} />}
          {part === "data" && <DataPart path={path} actions={actions} />}
        </div>
      </Sealed>
    </>
  );
}

// What is only text between questions has no answer to require, protect or fill in.
const OF_ANSWERS = new Set(["required", "required_when", "data_class", "prefill", "phrase"]);
const asks = (name: string, answered: boolean): boolean => answered || !OF_ANSWERS.has(name);

function PagePanel({ path, actions }: { path: Path; actions: FormActions }) {
  const { start, open, store } = useDesk();
  const title = useDesign((state) => at(state.document, [...path, "title"]));
  const count = useDesign((state) => things(at(state.document, path.slice(0, 3))).length);
  const number = pageOf(path) + 1;
  const follow = (name: string, document: Json): Json => (name === "title" ? followTitle(document, path, start.language, store.young) : document);
  return (
    <>
      <div className="cwd-head">
        <h2>
          <Sign of={FileText} /> {t("Page {n}", { n: number })}
        </h2>
        {open && (
          <span className="cwd-tools-row">
            <IconButton small icon={ArrowUp} label={t("Move the page up")} keys="Alt+ArrowUp" disabled={number === 1} onClick={() => actions.move(-1)} />
            <IconButton small icon={ArrowDown} label={t("Move the page down")} keys="Alt+ArrowDown" disabled={number === count} onClick={() => actions.move(1)} />
            <IconButton small icon={Copy} label={t("Duplicate the page")} onClick={() => actions.duplicate()} />
            <KeepButton what="pages" places={[path]} name={readable(title, start.language)} />
            <IconButton small icon={Trash2} label={t("Delete the page")} onClick={() => actions.remove()} />
          </span>
        )}
      </div>
      <Sealed>
        <div className="cwd-props__in" data-rename>
          <Properties schema={start.registry.page_schema} path={path} after={follow} only={(_, schema) => !new Set(["fields", "hidden"]).has(schema.ui?.widget ?? "")} />
        </div>
      </Sealed>
    </>
  );
}

function FormPanel({ form, actions }: PanelProps) {
  const { start, open } = useDesk();
  const title = useDesign((state) => at(state.document, [...form, "title"]));
  const root = start.registry.form_schema;
  return (
    <>
      <div className="cwd-head">
        <h2>
          <Sign of={FileText} /> {readable(title, start.language) || t("Form")}
        </h2>
        <bdi className="cwd-meta">{form[1]}</bdi>
        {open && (
          <span className="cwd-tools-row">
            <IconButton small icon={Copy} label={t("Duplicate the form")} onClick={actions.duplicateForm} />
            <IconButton small icon={Trash2} label={t("Delete the form")} onClick={actions.removeForm} />
          </span>
        )}
      </div>
      <Sealed>
        <div className="cwd-props__in" data-rename>
          <Properties schema={root} path={form} only={(name) => !isList(root, name)} />
        </div>
      </Sealed>
    </>
  );
}

const isList = (root: Schema, name: string): boolean => {
  const part = root.properties?.[name];
  return part !== undefined && ["pages", "hidden"].includes(plain(part, root).ui?.widget ?? "");
};

function Several({ actions, count }: { actions: FormActions; count: number }) {
  const { start } = useDesk();
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path) ?? [];
  const pages = things(at(document, [...path.slice(0, 2), "pages"]));
  return (
    <>
      <div className="cwd-head">
        <h2>{tn(count, "{n} question chosen", "{n} questions chosen")}</h2>
      </div>
      <Empty icon={ListChecks} title={t("Change them together")}>
        <select className="cwd-in" aria-label={t("Move to another page")} value="" onChange={(event) => actions.toPage(Number(event.target.value))}>
          <option value="">{t("Move to another page")}</option>
          {pages.map((page, index) => (
            <option key={index} value={index}>
              {t("Page {n}, {title}", { n: index + 1, title: readable(page.title, start.language) })}
            </option>
          ))}
        </select>
        <div className="cwd-row">
          <Button icon={Copy} onClick={() => actions.duplicate()}>
            {t("Duplicate")}
          </Button>
          <KeepButton what="fields" places={actions.chosen()} name="" words />
          <Button look="bad" icon={Trash2} onClick={() => actions.remove()}>
            {t("Delete")}
          </Button>
        </div>
      </Empty>
    </>
  );
}
