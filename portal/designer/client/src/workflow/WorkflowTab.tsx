import { useEffect, useMemo, useState } from "react";
import { KeepSteps } from "../library/KeepSteps";
import { thing } from "../model/json";
import { labelsOf } from "../model/ruleWords";
import type { Kept } from "../model/library";
import type { NodeKind } from "../model/start";
import type { Spot } from "../model/steps";
import { Pane } from "../parts/Pane";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { AddDialog } from "./AddDialog";
import { Canvas } from "./Canvas";
import { graphOf } from "./graph";
import { NoSteps } from "./NoSteps";
import { Outline } from "./Outline";
import { StepPanel } from "./StepPanel";
import { chosenStep, useStepActions } from "./useStepActions";
import { useWorkflowKeys } from "./useWorkflowKeys";

// Where a new step is to go: on a way, on a step that it watches, or anywhere; or which step begins a pattern to keep.
export type Adding = { title: string; spot?: Spot; host?: number; family?: string; keep?: number };

const NARROW = "(max-width: 1000px)";

// Who works with the list finds it again, here and in other services.
const VIEW = "caseway workflow as a list";

function keptView(): boolean {
  try {
    return localStorage.getItem(VIEW) === "yes";
  } catch {
    return false;
  }
}

function keepView(outline: boolean): void {
  try {
    localStorage.setItem(VIEW, outline ? "yes" : "no");
  } catch {
    // where nothing can be kept, the canvas comes first
  }
}

export default function WorkflowTab() {
  const { start, kinds, stepKinds, open } = useDesk();
  const document = useDesign((state) => state.document);
  const [outline, setOutline] = useState(() => matchMedia(NARROW).matches || keptView());
  const [adding, setAdding] = useState<Adding>();
  const actions = useStepActions();
  const chosen = chosenStep(useDesign((state) => state.where.path));
  const forms = useDesign((state) => thing(state.document).forms);
  const labels = useMemo(() => labelsOf({ forms: forms ?? {} }, kinds, start.language), [forms, kinds, start.language]);
  const graph = useMemo(() => graphOf(document, stepKinds, start.registry, start.language, labels), [document, stepKinds, start, labels]);
  const view = (next: boolean): void => {
    keepView(next);
    setOutline(next);
  };
  useWorkflowKeys({ graph, actions, onAdd: setAdding, onView: () => view(!outline) });
  useEffect(() => {
    const narrow = matchMedia(NARROW);
    const follow = (): void => setOutline(narrow.matches || keptView());
    narrow.addEventListener("change", follow);
    return () => narrow.removeEventListener("change", follow);
  }, []);
  const pick = (kind: NodeKind): void => {
    if (adding?.host !== undefined) actions.addOn(kind, adding.host);
    else actions.add(kind, adding?.spot);
    setAdding(undefined);
  };
  const onPattern = (pattern: Kept): void => {
    actions.addPattern(pattern, adding?.spot);
    setAdding(undefined);
  };
  const kept = adding?.keep === undefined ? undefined : graph.steps[adding.keep];
  const fits = (kind: NodeKind): boolean =>
    (adding?.host === undefined ? !kind.watches || !graph.steps.length : kind.watches === true) && (!adding?.family || kind.family === adding.family);
  const shared = { graph, actions, outline, onOutline: view, onAdd: open ? setAdding : undefined };
  return (
    <div className="cwd-panes cwd-panes--two">
      {!graph.steps.length ? (
        <NoSteps onAdd={() => setAdding({ title: t("Add the first step") })} />
      ) : outline ? (
        <Outline {...shared} />
      ) : (
        <Canvas {...shared} />
      )}
      <Pane side="end" label={t("Properties")}>
        <StepPanel graph={graph} actions={actions} index={chosen} onAdd={open ? setAdding : undefined} />
      </Pane>
      {adding && kept && <KeepSteps graph={graph} step={kept} onClose={() => setAdding(undefined)} />}
      {adding && !kept && <AddDialog title={adding.title} fits={fits} onPick={pick} {...(adding.host === undefined && !adding.family ? { onPattern } : {})} onClose={() => setAdding(undefined)} />}
    </div>
  );
}
