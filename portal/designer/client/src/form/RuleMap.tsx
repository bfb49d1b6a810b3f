import { Network } from "lucide-react";
import { useState } from "react";
import type { Path } from "../model/json";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { Empty } from "../parts/Empty";
import { Segments } from "../parts/Segments";
import { useMade } from "../preview/useMade";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { arcs, byWhatDecides, type Line } from "./decides";

// Which answer decides about what: opened beside the page, for the whole form.
export function RuleMapButton({ form }: { form: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small look="quiet" icon={Network} onClick={() => setOpen(true)}>
        {t("What decides about what")}
      </Button>
      {open && (
        <Dialog wide title={t("What decides about what")} onClose={() => setOpen(false)}>
          <RuleMap form={form} onGone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function RuleMap({ form, onGone }: { form: string; onGone: () => void }) {
  const { made, failed } = useMade<{ lines: Line[] }>("lines", { form });
  const [drawn, setDrawn] = useState<"words" | "drawing">("words");
  const lines = made?.lines ?? [];
  if (!made) return <p role="status">{failed || t("The rules are being read")}</p>;
  if (!lines.length) return <Empty icon={Network} title={t("No answer decides about anything yet")} />;
  return (
    <>
      <Segments
        label={t("How the rules are shown")}
        chosen={drawn}
        onChoose={setDrawn}
        choices={[
          { key: "words", label: t("In sentences") },
          { key: "drawing", label: t("As a drawing") },
        ]}
      />
      {drawn === "words" ? <Sentences lines={lines} onGone={onGone} /> : <Drawing lines={lines} />}
    </>
  );
}

function Sentences({ lines, onGone }: { lines: Line[]; onGone: () => void }) {
  const { store } = useDesk();
  const go = (path: Path): void => {
    onGone();
    store.select(path);
  };
  return byWhatDecides(lines).map(([name, found]) => (
    <section className="cwd-decides" key={found[0]?.from.key}>
      <h3>{name}</h3>
      <ul>
        {found.map((line, index) => (
          <li key={index}>
            <button type="button" className="cwd-decides__go" onClick={() => go(line.to.path)}>
              {line.sentence}
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}

const STEP = 34;
const MARGIN = 8;

// Everything that decides or is decided, one below the other, with a bow from each answer to what it decides about.
function Drawing({ lines }: { lines: Line[] }) {
  const { ends, bows } = arcs(lines);
  const room = 24 + Math.max(...bows.map((bow) => bow.far)) * 9;
  return (
    <>
      <p className="cwd-hint">{t("Each bow leads from an answer to what it decides about; the sentences say the same.")}</p>
      <div className="cwd-scroll" tabIndex={0} role="region" aria-label={t("Drawing of the rules")}>
        <svg className="cwd-bows" style={{ direction: "ltr" }} width={room + 420} height={ends.length * STEP + MARGIN} role="img" aria-label={t("Drawing of the rules")}>
          <defs>
            <marker id="cwd-bow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8z" />
            </marker>
          </defs>
          {bows.map((bow, index) => {
            const [from, to] = [bow.from * STEP + STEP / 2, bow.to * STEP + STEP / 2];
            const out = room - 12 - bow.far * 9;
            return <path key={index} className="cwd-bow" markerEnd="url(#cwd-bow-tip)" d={`M${room} ${from} C${out} ${from} ${out} ${to} ${room} ${to}`} />;
          })}
          {ends.map((end, index) => (
            <text key={end.key} x={room + 10} y={index * STEP + STEP / 2 + 5}>
              {end.name}
            </text>
          ))}
        </svg>
      </div>
    </>
  );
}
