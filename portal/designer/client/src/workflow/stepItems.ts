// The menu of a step: what can be added to it, and what can be done with it.

import { BellPlus, BookmarkPlus, ClipboardCopy, Copy, Plus, Trash2 } from "lucide-react";
import type { MenuItem } from "../parts/Menu";
import { t } from "../words/words";
import { type DrawnStep, type Graph, wayName } from "./graph";
import type { StepActions } from "./useStepActions";
import type { Adding } from "./WorkflowTab";

export function stepItems(step: DrawnStep, graph: Graph, actions: StepActions, onAdd: ((adding: Adding) => void) | undefined): MenuItem[] {
  const adding = step.ways.map((way): MenuItem => {
    const name = wayName(way, step.ways, "en");
    const title = name ? t("Add a step after {name}, {way}", { name: step.name, way: name }) : t("Add a step after {name}", { name: step.name });
    return { label: name ? t("Add a step: {way}", { way: name }) : t("Add a step after it"), icon: Plus, run: () => onAdd?.({ title, spot: { index: step.index, way: way.path } }) };
  });
  const watched: MenuItem[] = step.host || step.kind?.ends || step.kind?.begins
    ? []
    : [{ label: t("Add what happens when it takes too long, or fails"), icon: BellPlus, run: () => onAdd?.({ title: t("Add on {name}", { name: step.name }), host: step.index }) }];
  const name = graph.byKey.get(step.key) === step ? "" : ` (${step.key})`;
  return [
    ...adding,
    ...watched,
    { label: `${t("Duplicate")}${name}`, icon: Copy, keys: "Ctrl D", run: () => actions.duplicate(step.index) },
    { label: t("Copy"), icon: ClipboardCopy, keys: "Ctrl C", run: () => void navigator.clipboard?.writeText(actions.copy(step.index)) },
    { label: t("Keep steps as a pattern"), icon: BookmarkPlus, run: () => onAdd?.({ title: t("Keep steps as a pattern"), keep: step.index }) },
    { label: t("Delete"), icon: Trash2, keys: "Del", bad: true, run: () => actions.remove(step.index) },
  ];
}
