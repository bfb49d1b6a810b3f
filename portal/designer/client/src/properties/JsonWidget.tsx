import { useState } from "react";
import type { Json } from "../model/json";
import { t } from "../words/words";
import { Frame } from "./Frame";
import type { WidgetProps } from "./widget";

// What no widget can draw can still be read and written, as text.
export function JsonWidget({ schema, id, label, path, value, described, onChange }: WidgetProps) {
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const written = value === undefined ? "" : JSON.stringify(value, null, 2);
  const take = (words: string): void => {
    setTyped(words);
    try {
      onChange(words.trim() ? (JSON.parse(words) as Json) : undefined, path.join("/"));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path}>
      <textarea
        id={id}
        className="cwd-in cwd-code"
        rows={4}
        dir="ltr"
        spellCheck={false}
        aria-describedby={described}
        aria-invalid={wrong}
        value={typed ?? written}
        onChange={(event) => take(event.target.value)}
        onBlur={() => !wrong && setTyped(undefined)}
      />
      {wrong && <p className="cwd-err">{t("This cannot be read as JSON. What was there before is kept.")}</p>}
    </Frame>
  );
}
