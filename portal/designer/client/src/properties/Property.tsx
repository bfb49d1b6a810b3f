// Draws one property from its schema. A widget that is not known falls back to the type of the value.

import { useId } from "react";
import { at, type Json, type Path, put } from "../model/json";
import { gridOf } from "../model/grid";
import { isLocalised, isType, keyLast, plain, type Schema, variants } from "../model/schema";
import { RuleWidget } from "../rules/RuleWidget";
import { useDesign, useDesk } from "../shell/desk";
import { ChoicesWidget } from "./ChoicesWidget";
import { GridWidget } from "./GridWidget";
import { JsonWidget } from "./JsonWidget";
import { LinesWidget } from "./LinesWidget";
import { ListWidget } from "./ListWidget";
import { MapWidget } from "./MapWidget";
import { ManyWidget } from "./ManyWidget";
import { choicesFor } from "./naming";
import { ObjectWidget } from "./ObjectWidget";
import { enumChoices, NumberWidget, SelectWidget, ToggleWidget } from "./simple";
import { SpanWidget } from "./SpanWidget";
import { TextWidget } from "./TextWidget";
import { UnionWidget } from "./UnionWidget";
import { humane, type WidgetProps } from "./widget";

interface PropertyProps {
  name: string;
  schema: Schema;
  root: Schema;
  path: Path;
  required: boolean;
  after?: ((name: string, document: Json) => Json) | undefined;
}

export function Property({ name, schema, root, path, required, after = (_, document) => document }: PropertyProps) {
  const { store } = useDesk();
  const value = useDesign((state) => at(state.document, path));
  const shape = plain(schema, root);
  const change = (next: Json | undefined, join?: string): void =>
    store.change(after(name, put(store.state.document, path, next)), undefined, undefined, join);
  return <Widget schema={shape} root={root} value={value} path={path} label={titled(shape, name)} required={required} onChange={change} />;
}

// pydantic makes a title from the name; the server's own titles are better, and those it sends in the reader's language.
const titled = (schema: Schema, name: string): string => schema.title ?? humane(name);

export function Widget(given: Omit<WidgetProps, "id" | "described">) {
  const desk = useDesk();
  const document = useDesign((state) => state.document);
  const id = useId();
  const help = given.schema.ui?.help ?? given.schema.ui?.example ?? given.schema.description;
  const props: WidgetProps = { ...given, id, described: help ? `${id}-help` : undefined };
  const { schema } = props;
  const { registry } = desk.start;
  const namer = { document, registry, kinds: desk.kinds, language: desk.start.language, path: given.path };
  const widget = schema.ui?.widget;
  if (widget === "rule") return <RuleWidget {...props} />;
  if (widget === "choices" && isType(schema, "array")) return <ChoicesWidget {...props} />;
  if (widget === "span" || schema.title === "Span") return <SpanWidget {...props} />;
  if (isLocalised(schema)) return <TextWidget {...props} />;
  const names = choicesFor(widget === "fields" ? "field" : widget, namer);
  if (widget === "lines" && isType(schema, "array")) return <LinesWidget {...props} />;
  if (names) return isType(schema, "array") ? <ManyWidget {...props} choices={names} /> : <SelectWidget {...props} choices={names} />;
  if (schema.enum) return <SelectWidget {...props} choices={enumChoices(schema.enum, schema.ui?.labels)} />;
  return <ByType {...props} />;
}

function ByType(props: WidgetProps) {
  const { schema, root } = props;
  if (variants(schema, root).length) return <UnionWidget {...props} />;
  if (isType(schema, "boolean")) return <ToggleWidget {...props} />;
  if (isType(schema, "integer") || isType(schema, "number")) return <NumberWidget {...props} />;
  if (isType(schema, "array")) return <ArrayWidget {...props} />;
  if (isType(schema, "object") && schema.properties) return gridOf(schema, root) ? <GridWidget {...props} /> : <ObjectWidget {...props} />;
  if (isType(schema, "object") && (schema.patternProperties || typeof schema.additionalProperties === "object")) return <MapWidget {...props} />;
  if (isType(schema, "string") || schema.type === undefined) return <TextWidget {...props} />;
  return <JsonWidget {...props} />;
}

function ArrayWidget(props: WidgetProps) {
  const items = props.schema.items && plain(props.schema.items, props.root);
  if (!items) return <JsonWidget {...props} />;
  return items.enum ? <ManyWidget {...props} choices={enumChoices(items.enum, items.ui?.labels)} /> : <ListWidget {...props} items={items} />;
}

interface PropertiesProps {
  schema: Schema;
  root?: Schema;
  path: Path;
  only?: (name: string, schema: Schema) => boolean;
  // what else follows from a change of one of these properties
  after?: (name: string, document: Json) => Json;
}

// All properties of an object that pass, in the order of the schema.
export function Properties({ schema, root = schema, path, only = () => true, after }: PropertiesProps) {
  const shown = Object.entries(schema.properties ?? {}).filter(([name, part]) => {
    const shape = plain(part, root);
    return shape.ui?.widget !== "hidden" && shape.const === undefined && only(name, shape);
  });
  return keyLast(shown, root).map(([name, part]) => (
      <Property key={name} name={name} schema={part} root={root} path={[...path, name]} required={(schema.required ?? []).includes(name)} after={after} />
    ));
}
