import { useDroppable } from "@dnd-kit/core";
import { CircleAlert, FileText, Plus, Search, Settings2, Split, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, memo, useState } from "react";
import { eachFieldOfForm, pageOf } from "../model/forms";
import { at, put, type Path, samePath, text, type Thing, thing, things } from "../model/json";
import { freshKey } from "../model/keys";
import { under, worst } from "../model/problems";
import { readable } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { KindIcon, Sign } from "../parts/Icon";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import type { Target } from "./Dragging";
import { formKeys } from "./places";
import type { FormActions } from "./useFormActions";

export function PageTree({ form, actions }: { form: Path; actions: FormActions }) {
  const { open } = useDesk();
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path);
  const [searching, setSearching] = useState(false);
  const [wanted, setWanted] = useState("");
  const pages = things(at(document, [...form, "pages"]));
  const shown = path && samePath(path.slice(0, 2), form) ? pageOf(path) : 0;
  return (
    <nav aria-label={t("Pages")} onKeyDown={walk}>
      <div className="cwd-head">
        <h2>{t("Pages")}</h2>
        <IconButton small icon={Search} label={t("Search this form")} aria-expanded={searching} onClick={() => (setSearching(!searching), setWanted(""))} />
      </div>
      <FormChoice form={form} />
      {searching && (
        <div className="cwd-inset">
          <input className="cwd-in" type="search" autoFocus aria-label={t("Search this form")} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        </div>
      )}
      {wanted.trim() ? (
        <Found form={form} wanted={wanted} />
      ) : (
        <ul className="cwd-tree">
          {pages.map((page, index) => (
            <PageLine key={`${text(page.key)} ${index}`} page={page} path={[...form, "pages", index]} number={index + 1} opened={index === shown} />
          ))}
        </ul>
      )}
      {open && (
        <div className="cwd-inset">
          <Button small look="quiet" icon={Plus} className="cwd-link" onClick={actions.addPage}>
            {t("Add a page")}
          </Button>
        </div>
      )}
    </nav>
  );
}

// Up and down walk through the lines; Tab leaves the tree.
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || !(event.target instanceof HTMLButtonElement)) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLButtonElement>(".cwd-tree button")];
  const next = lines[lines.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function FormChoice({ form }: { form: Path }) {
  const { store, start, open } = useDesk();
  const document = useDesign((state) => state.document);
  const keys = formKeys(document);
  const add = (): void => {
    const key = freshKey(t("Form"), "form", keys);
    const page = { key: "page", title: { [start.language]: t("First page") }, fields: [] };
    store.change(put(document, ["forms", key], { title: { [start.language]: t("New form") }, pages: [page] }), ["forms", key]);
  };
  return (
    <div className="cwd-inset cwd-row">
      <select className="cwd-in" aria-label={t("Form")} value={String(form[1])} onChange={(event) => store.select(["forms", event.target.value, "pages", 0])}>
        {keys.map((key) => (
          <option key={key} value={key}>
            {readable(at(document, ["forms", key, "title"]), start.language) || key}
          </option>
        ))}
      </select>
      <IconButton small icon={Settings2} label={t("Settings of the form")} onClick={() => store.select(form)} />
      {open && <IconButton small icon={Plus} label={t("Add a form")} onClick={add} />}
    </div>
  );
}

interface PageLineProps {
  page: Thing;
  path: Path;
  number: number;
  opened: boolean;
}

function PageLine({ page, path, number, opened }: PageLineProps) {
  const { start } = useDesk();
  const target: Target = { at: "end", list: [...path, "fields"] };
  const { setNodeRef, isOver } = useDroppable({ id: `page ${path.join("/")}`, data: target });
  const fields = things(page.fields);
  const name = readable(page.title, start.language) || t("Page without a title");
  return (
    <li ref={setNodeRef} className={isOver ? "cwd-over" : ""}>
      <Line path={path} part={page} strong={opened} count={fields.length} name={`${number} ${name}`} icon={<Sign of={FileText} size={15} />} />
      {opened && fields.length > 0 && <FieldLines fields={fields} path={[...path, "fields"]} />}
    </li>
  );
}

function FieldLines({ fields, path }: { fields: Thing[]; path: Path }) {
  return (
    <ul>
      {fields.map((field, index) => (
        <li key={`${text(field.key)} ${index}`}>
          <FieldLine field={field} path={[...path, index]} />
        </li>
      ))}
    </ul>
  );
}

function FieldLine({ field, path }: { field: Thing; path: Path }) {
  const { kinds, start } = useDesk();
  const kind = kinds.get(text(field.type));
  const name = readable(field.label, start.language) || kind?.label || text(field.key);
  const inner = kind?.holds ? things(at(field, ["options", kind.holds])) : [];
  return (
    <>
      <Line path={path} part={field} name={name} icon={<KindIcon svg={kind?.icon_svg} size={15} />} />
      {kind?.holds && inner.length > 0 && <FieldLines fields={inner} path={[...path, "options", kind.holds]} />}
    </>
  );
}

interface LineProps {
  path: Path;
  part: Thing;
  name: string;
  icon: React.ReactNode;
  strong?: boolean;
  count?: number;
}

function Line({ path, part, name, icon, strong, count }: LineProps) {
  const { store } = useDesk();
  const here = useDesign((state) => state.where.path !== null && samePath(state.where.path, path));
  const problems = useDesign((state) => state.problems);
  const grave = worst(under(problems, path));
  return (
    <button type="button" className={strong ? "cwd-tree__line cwd-strong" : "cwd-tree__line"} aria-current={here || undefined} onClick={() => store.select(path)}>
      {icon}
      <Name name={name} />
      <span className="cwd-tree__signs">
        {text(part.show_when) && <Told of={Split} tone="warn" words={t("has a condition")} />}
        {grave && <Told of={grave === "mend" ? CircleAlert : TriangleAlert} tone={grave === "mend" ? "bad" : "warn"} words={grave === "mend" ? t("to mend") : t("to look at")} />}
        {count !== undefined && <span className="cwd-tree__count">{<span className="cwd-vh">{tn(count, "{n} question", "{n} questions")}</span>}<span aria-hidden="true">{count}</span></span>}
      </span>
    </button>
  );
}

const Name = memo(({ name }: { name: string }) => <span className="cwd-tree__name">{name}</span>);

function Told({ of, tone, words }: { of: typeof Split; tone: string; words: string }) {
  return (
    <span className={`cwd-${tone}`} title={words}>
      <Sign of={of} size={14} />
      <span className="cwd-vh">{words}</span>
    </span>
  );
}

function Found({ form, wanted }: { form: Path; wanted: string }) {
  const { kinds, start } = useDesk();
  const document = useDesign((state) => state.document);
  const words = wanted.trim().toLocaleLowerCase();
  const found = [...eachFieldOfForm(document, form, kinds)].filter(([field]) =>
    `${readable(field.label, start.language)} ${text(field.key)}`.toLocaleLowerCase().includes(words),
  );
  if (!found.length) return <p className="cwd-inset cwd-hint">{t("No question is called so.")}</p>;
  return (
    <ul className="cwd-tree">
      {found.slice(0, 50).map(([field, path]) => (
        <li key={path.join("/")}>
          <Line path={path} part={thing(field)} name={readable(field.label, start.language) || text(field.key)} icon={<KindIcon svg={kinds.get(text(field.type))?.icon_svg} size={15} />} />
        </li>
      ))}
    </ul>
  );
}
