import { Plus, Trash2 } from "lucide-react";
import { put, thing } from "../model/json";
import { fresh, keyLast, plain } from "../model/schema";
import { Button } from "../parts/Button";
import { t } from "../words/words";
import { Frame } from "./Frame";
import { Widget } from "./Property";
import { humane, type WidgetProps } from "./widget";

// Several properties that belong together; one that may be left out is added by a button.
export function ObjectWidget(props: WidgetProps) {
  const { schema, root, id, label, path, value, required, onChange } = props;
  const there = value !== undefined && value !== null;
  const beside = !required && there && (
    <Button small look="quiet" icon={Trash2} onClick={() => onChange(undefined)} aria-label={t("Remove {name}", { name: label })}>
      {t("Remove")}
    </Button>
  );
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} beside={beside} group>
      {there || required ? (
        <Parts {...props} />
      ) : (
        <Button small icon={Plus} onClick={() => onChange(fresh(schema, root) ?? {})} aria-label={t("Add {name}", { name: label })}>
          {t("Add")}
        </Button>
      )}
    </Frame>
  );
}

// The properties of one object, without a frame of their own.
export function Parts({ schema, root, path, value, onChange }: WidgetProps) {
  return (
    <div className="cwd-nested">
      {keyLast(Object.entries(schema.properties ?? {}), root).map(([name, part]) => {
        const shape = plain(part, root);
        if (shape.const !== undefined || shape.ui?.widget === "hidden") return null;
        return (
          <Widget
            key={name}
            schema={shape}
            root={root}
            value={thing(value)[name]}
            path={[...path, name]}
            label={shape.title ?? humane(name)}
            required={(schema.required ?? []).includes(name)}
            onChange={(next, join) => onChange(put(thing(value), [name], next), join)}
          />
        );
      })}
    </div>
  );
}
