import { list } from "../model/json";
import { t } from "../words/words";
import { Frame } from "./Frame";
import type { WidgetProps } from "./widget";

// Several short texts, one on each line.
export function LinesWidget({ schema, id, label, path, value, described, required, onChange }: WidgetProps) {
  const write = (words: string): void => {
    const lines = words === "" ? [] : words.split("\n");
    onChange(lines.length || required ? lines : undefined, path.join("/"));
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? t("One on each line.")} example={schema.ui?.example} path={path}>
      <textarea id={id} className="cwd-in" rows={3} aria-describedby={described} value={list(value).map(String).join("\n")} onChange={(event) => write(event.target.value)} />
    </Frame>
  );
}
