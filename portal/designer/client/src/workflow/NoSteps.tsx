import { Waypoints } from "lucide-react";
import { put } from "../model/json";
import { Button } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { useStepActions } from "./useStepActions";

// An empty canvas teaches: begin from a pattern, or with one step.
export function NoSteps({ onAdd }: { onAdd: () => void }) {
  const { start, store, open } = useDesk();
  const actions = useStepActions();
  const kept = useDesign((state) => state.library).filter((part) => part.what === "nodes");
  const patterns = start.registry.templates.filter((template) => template.workflow);
  return (
    <section className="cwd-alone" aria-label={t("Workflow")} tabIndex={0} data-pane>
      <Empty icon={Waypoints} title={t("Nothing happens with an application yet")}>
        <p>{t("A workflow says who does what, in which order, and how it can end. Each step is a card; ways lead from one to the next.")}</p>
        {open && patterns.length + kept.length > 0 && (
          <>
            <b>{t("Start from a pattern")}</b>
            <ul className="cwd-patterns">
              {patterns.map((pattern) => (
                <li key={pattern.key}>
                  <Button onClick={() => store.change(put(store.state.document, ["workflow"], pattern.workflow), null)}>{pattern.label}</Button>
                  {pattern.help && <span className="cwd-hint">{pattern.help}</span>}
                </li>
              ))}
              {kept.map((pattern) => (
                <li key={pattern.id}>
                  <Button onClick={() => actions.addPattern(pattern)}>{pattern.label}</Button>
                </li>
              ))}
            </ul>
          </>
        )}
        {open && (
          <Button look="primary" onClick={onAdd}>
            {t("Add the first step")}
          </Button>
        )}
      </Empty>
    </section>
  );
}
