import { useState } from "react";
import type { Json } from "../model/json";
import { nameOf } from "../model/problems";
import { resolve } from "../model/json";
import { readable } from "../model/texts";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { t } from "../words/words";
import { useDesign, useDesk } from "./desk";

type Side = "mine" | "theirs";

// Two people changed the same: both versions are shown, and the second chooses.
export function Clashes() {
  const { saver, start } = useDesk();
  const document = useDesign((state) => state.document);
  const clashes = saver?.clashes ?? [];
  const [chosen, setChosen] = useState<Record<number, Side>>({});
  const whole = clashes.every((_, index) => chosen[index]);
  const all = (side: Side): void => setChosen(Object.fromEntries(clashes.map((_, index) => [index, side])));
  return (
    <Dialog
      wide
      title={t("Somebody else changed the same")}
      foot={
        <>
          <Button onClick={() => all("mine")}>{t("Mine everywhere")}</Button>
          <Button onClick={() => all("theirs")}>{t("Theirs everywhere")}</Button>
          <Button look="primary" disabled={!whole} onClick={() => saver?.settle(clashes.map((_, index) => chosen[index] ?? "mine"))}>
            {t("Keep what is chosen")}
          </Button>
        </>
      }
    >
      <p>{t("Nothing is lost: choose for each place which version stays.")}</p>
      {clashes.map((clash, index) => {
        const name = nameOf(document, resolve(document, clash.path) ?? clash.path, start.language);
        return (
          <fieldset key={clash.path.join("/")} className="cwd-clash">
            <legend>{[name, clash.path.at(-1)].filter(Boolean).join(", ")}</legend>
            {(["mine", "theirs"] as const).map((side) => (
              <label key={side} className="cwd-check cwd-clash__side">
                <input type="radio" name={`clash-${index}`} checked={chosen[index] === side} onChange={() => setChosen({ ...chosen, [index]: side })} />
                <span>
                  <b>{side === "mine" ? t("Mine") : clash.by ? t("By {name}", { name: clash.by }) : t("Theirs")}</b>
                  <Version value={clash[side]} language={start.language} />
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </Dialog>
  );
}

function Version({ value, language }: { value: Json | undefined; language: string }) {
  if (value === undefined || value === null) return <em>{t("taken away")}</em>;
  if (typeof value === "object" && !readable(value, language)) return <pre dir="ltr">{JSON.stringify(value, null, 1)}</pre>;
  return <span>{typeof value === "object" ? readable(value, language) : String(value)}</span>;
}
