import { useState } from "react";
import { KindIcon } from "../parts/Icon";
import { t } from "../words/words";
import type { DrawnStep, Graph } from "../workflow/graph";
import { KeepDialog } from "./KeepDialog";

// Which steps make the pattern: the chosen one first, then any that belong to it.
export function KeepSteps({ graph, step, onClose }: { graph: Graph; step: DrawnStep; onClose: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<DrawnStep>>(() => new Set([step, ...(graph.sitting.get(step.key) ?? [])]));
  const toggle = (one: DrawnStep): void => {
    const next = new Set(chosen);
    if (!next.delete(one)) next.add(one);
    setChosen(next);
  };
  const items = graph.steps.filter((one) => chosen.has(one)).map((one) => one.step);
  return (
    <KeepDialog title={t("Keep steps as a pattern")} name={step.name} what="nodes" items={items} onClose={onClose}>
      <fieldset className="cwd-field cwd-keepsteps">
        <legend className="cwd-label">{t("Steps of the pattern")}</legend>
        {graph.steps.map((one) => (
          <label key={one.index} className="cwd-check">
            <input type="checkbox" checked={chosen.has(one)} onChange={() => toggle(one)} />
            <KindIcon svg={one.kind?.icon_svg} size={15} /> <bdi>{one.name}</bdi>
          </label>
        ))}
      </fieldset>
      <p className="cwd-hint">{t("A pattern with the step where a case begins is also offered when a new service is made.")}</p>
    </KeepDialog>
  );
}
