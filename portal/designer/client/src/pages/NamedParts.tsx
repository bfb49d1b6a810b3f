// Messages and certificates: a list by name, what is chosen nearly as people will see it, and its properties.

import { Copy, type LucideIcon, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { at, put, type Thing, thing } from "../model/json";
import { freshKey, unique } from "../model/keys";
import { under, worst } from "../model/problems";
import { fresh, type Schema } from "../model/schema";
import { readable } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { Empty } from "../parts/Empty";
import { Sign } from "../parts/Icon";
import { Pane } from "../parts/Pane";
import { Properties } from "../properties/Property";
import { useDesign, useDesk } from "../shell/desk";
import { keepFocus } from "../shell/keepFocus";
import { t } from "../words/words";

interface NamedPartsProps {
  part: "messages" | "certificates";
  schema: Schema | undefined;
  icon: LucideIcon;
  words: { many: string; one: string; add: string; fresh: string; teach: string };
  draw: (value: Thing, key: string) => ReactNode;
  beside?: ReactNode;
  // what a new one begins with, as far as it can be known
  begin?: Thing;
}

export function NamedParts({ part, schema, icon, words, draw, beside, begin }: NamedPartsProps) {
  const { store, start, open } = useDesk();
  const parts = useDesign((state) => thing(thing(state.document)[part]));
  const path = useDesign((state) => state.where.path);
  const keys = Object.keys(parts);
  const chosen = path?.[0] === part && keys.includes(String(path[1])) ? String(path[1]) : keys[0];
  const add = (): void => {
    const key = freshKey(words.fresh, "one", keys);
    const made = schema ? (fresh(schema, schema) ?? {}) : {};
    const name = schema?.properties?.title ? "title" : "subject";
    const named: Thing = { [name]: { [start.language]: words.fresh } };
    store.change(put(store.state.document, [part, key], { ...thing(made), ...begin, ...named }), [part, key]);
  };
  return (
    <div className="cwd-panes">
      <Pane side="start" label={words.many}>
        <div className="cwd-head">
          <h2>{words.many}</h2>
          {open && <IconButton small icon={Plus} label={words.add} onClick={add} />}
        </div>
        <ul className="cwd-tree">
          {keys.map((key) => (
            <Line key={key} part={part} name={key} icon={icon} chosen={key === chosen} />
          ))}
        </ul>
      </Pane>
      <section className="cwd-canvas" aria-label={words.one} tabIndex={0} data-pane>
        <div className="cwd-sheet">
          {chosen ? (
            draw(thing(parts[chosen]), chosen)
          ) : (
            <Empty icon={icon} title={words.teach}>
              {open && (
                <Button look="primary" icon={Plus} onClick={add}>
                  {words.add}
                </Button>
              )}
            </Empty>
          )}
        </div>
      </section>
      <Pane side="end" label={t("Properties")}>
        {chosen && <PartPanel key={chosen} part={part} name={chosen} schema={schema} icon={icon} title={words.one} beside={beside} />}
      </Pane>
    </div>
  );
}

interface LineProps {
  part: string;
  name: string;
  icon: LucideIcon;
  chosen: boolean;
}

function Line({ part, name, icon, chosen }: LineProps) {
  const { store, start } = useDesk();
  const value = useDesign((state) => thing(at(state.document, [part, name])));
  const problems = useDesign((state) => state.problems);
  const grave = worst(under(problems, [part, name]));
  return (
    <li>
      <button type="button" className="cwd-tree__line" aria-current={chosen || undefined} onClick={() => store.select([part, name])}>
        <Sign of={icon} size={15} />
        <span className="cwd-tree__name">{readable(value.title ?? value.subject, start.language) || name}</span>
        {grave && (
          <span className="cwd-tree__signs">
            <Chip tone={grave === "mend" ? "bad" : "warn"}>{grave === "mend" ? t("to mend") : t("to look at")}</Chip>
          </span>
        )}
      </button>
    </li>
  );
}

interface PartPanelProps extends Pick<NamedPartsProps, "schema" | "icon" | "beside"> {
  part: string;
  name: string;
  title: string;
  // where another of the same makes sense
  copies?: boolean;
}

export function PartPanel({ part, name, schema, icon, title, beside, copies = true }: PartPanelProps) {
  const { store, open } = useDesk();
  const copy = (): void => {
    const parts = thing(thing(store.state.document)[part]);
    const key = unique(name, Object.keys(parts));
    store.change(put(store.state.document, [part, key], parts[name]), [part, key]);
  };
  const remove = (): void => {
    keepFocus();
    store.change(put(store.state.document, [part, name], undefined), null);
    store.say(t("{name}: deleted. Undo brings it back", { name: title }));
  };
  return (
    <>
      <div className="cwd-head">
        <h2>
          <Sign of={icon} /> {title}
        </h2>
        <bdi className="cwd-meta">{name}</bdi>
        {open && (
          <span className="cwd-tools-row">
            {copies && <IconButton small icon={Copy} label={t("Duplicate")} onClick={copy} />}
            <IconButton small icon={Trash2} label={t("Delete")} onClick={remove} />
          </span>
        )}
      </div>
      <fieldset className="cwd-props" disabled={!open}>
        <div className="cwd-props__in" data-rename>
          {schema && <Properties schema={schema} path={[part, name]} />}
          {beside}
        </div>
      </fieldset>
    </>
  );
}
