import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { put, thing } from "../model/json";
import { freshKey } from "../model/keys";
import { fresh, plain } from "../model/schema";
import { Button, IconButton } from "../parts/Button";
import { t } from "../words/words";
import { Frame } from "./Frame";
import { Parts } from "./ObjectWidget";
import { Widget } from "./Property";
import type { WidgetProps } from "./widget";

// Things by a name that the department chooses.
export function MapWidget(props: WidgetProps) {
  const { schema, root, id, label, path, value, required, onChange } = props;
  const [name, setName] = useState("");
  const open = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
  const inner = plain(Object.values(schema.patternProperties ?? {})[0] ?? open, root);
  const entries = Object.entries(thing(value));
  const add = (): void => {
    const key = freshKey(name, "value", entries.map(([one]) => one));
    onChange({ ...thing(value), [key]: fresh(inner, root) ?? {} });
    setName("");
  };
  const set = (key: string, next: Parameters<typeof put>[2], join?: string): void => {
    const left = thing(put(thing(value), [key], next));
    onChange(Object.keys(left).length || required ? left : undefined, join);
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} group>
      <ul className="cwd-list">
        {entries.map(([key, one]) => {
          const given = { ...props, schema: inner, label: key, value: one, path: [...path, key], required: true, onChange: (next: typeof one | undefined, join?: string) => set(key, next, join) };
          return (
            <li key={key} className="cwd-list__item">
              <div className="cwd-between">
                <bdi className="cwd-key">{key}</bdi>
                <IconButton small icon={Trash2} label={t("Remove {name}", { name: key })} onClick={() => set(key, undefined)} />
              </div>
              {inner.properties ? <Parts {...given} /> : <Widget {...given} />}
            </li>
          );
        })}
      </ul>
      <div className="cwd-pair">
        <input className="cwd-in" id={id} value={name} aria-label={t("Name of a new value")} onChange={(event) => setName(event.target.value)} />
        <Button icon={Plus} onClick={add}>
          {t("Add")}
        </Button>
      </div>
    </Frame>
  );
}
