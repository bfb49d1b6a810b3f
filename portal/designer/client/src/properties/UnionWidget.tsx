import { variants } from "../model/schema";
import { t } from "../words/words";
import { Frame } from "./Frame";
import { Parts } from "./ObjectWidget";
import { Widget } from "./Property";
import type { WidgetProps } from "./widget";

// One of several shapes: first which, then its own properties.
export function UnionWidget(props: WidgetProps) {
  const { schema, root, id, label, path, value, required, onChange } = props;
  const shapes = variants(schema, root);
  const chosen = shapes.findIndex((shape) => shape.fits(value));
  const shape = shapes[chosen];
  const simple = shape && !shape.schema.properties && shape.schema.const === undefined;
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} group>
      <select
        id={id}
        className="cwd-in"
        aria-label={t("Kind of {name}", { name: label })}
        value={chosen < 0 ? "" : String(chosen)}
        onChange={(event) => onChange(event.target.value === "" ? undefined : shapes[Number(event.target.value)]?.fresh)}
      >
        {(!required || chosen < 0) && <option value="">{t("As usual")}</option>}
        {shapes.map((one, index) => (
          <option key={`${one.label} ${index}`} value={String(index)}>
            {one.label}
          </option>
        ))}
      </select>
      {shape?.schema.properties && <Parts {...props} schema={shape.schema} />}
      {shape && simple && <Widget {...props} schema={shape.schema} label={shape.label} />}
    </Frame>
  );
}
