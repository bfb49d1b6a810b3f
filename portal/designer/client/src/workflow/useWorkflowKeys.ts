// Keys of the workflow: arrows follow the ways, and what the menus do.

import { useEffect } from "react";
import { mainWay } from "../model/steps";
import { useDesk } from "../shell/desk";
import { isCommand, isTyping } from "../shell/useKeys";
import { t } from "../words/words";
import type { DrawnStep, Graph } from "./graph";
import { chosenStep, type StepActions, stepPath } from "./useStepActions";
import type { Adding } from "./WorkflowTab";

interface WorkflowKeys {
  graph: Graph;
  actions: StepActions;
  onAdd: (adding: Adding) => void;
  onView: () => void;
}

export function useWorkflowKeys({ graph, actions, onAdd, onView }: WorkflowKeys): void {
  const { store, open } = useDesk();
  useEffect(() => {
    const go = (step: DrawnStep | undefined): boolean => {
      if (!step) return false;
      store.select(stepPath(step.index));
      setTimeout(() => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(step.key)}"]`)?.focus());
      return true;
    };
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector("dialog[open]") || isTyping(event.target)) return;
      const here = focused(event.target, graph) ?? graph.steps[chosenStep(store.state.where.path) ?? -1];
      if (act(event, here)) event.preventDefault();
    };
    const act = (event: KeyboardEvent, here: DrawnStep | undefined): boolean => {
      const plainKey = !isCommand(event) && !event.altKey;
      if (plainKey && event.key.toLowerCase() === "o") return onView(), true;
      if (!here) return false;
      const onCanvas = event.target instanceof Element && event.target.closest(".cwd-flow") !== null;
      if (plainKey && onCanvas && event.key.startsWith("Arrow")) return go(beside(graph, here, event.key));
      if (plainKey && onCanvas && event.key === "Enter") return store.select(stepPath(here.index)), rename(), true;
      if (plainKey && event.key.toLowerCase() === "l") return store.select(stepPath(here.index)), rename(), true;
      if (!open) return false;
      if (event.key === "Insert") {
        const way = mainWay(here.ways);
        onAdd({ title: t("Add a step after {name}", { name: here.name }), ...(way ? { spot: { index: here.index, way: way.path } } : {}) });
        return true;
      }
      if (event.key === "Delete") return actions.remove(here.index), true;
      if (isCommand(event) && event.key.toLowerCase() === "d") return actions.duplicate(here.index), true;
      return false;
    };
    const copy = (event: ClipboardEvent): void => {
      const index = chosenStep(store.state.where.path);
      if (index === undefined || isTyping(event.target) || getSelection()?.toString()) return;
      event.clipboardData?.setData("text/plain", actions.copy(index));
      if (event.type === "cut") actions.remove(index);
      event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (!isTyping(event.target) && actions.paste(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    // before React Flow, which would take arrows and Enter for itself
    addEventListener("keydown", press, { capture: true });
    for (const name of ["copy", "cut"] as const) document.addEventListener(name, copy);
    document.addEventListener("paste", paste);
    return () => {
      removeEventListener("keydown", press, { capture: true });
      for (const name of ["copy", "cut"] as const) document.removeEventListener(name, copy);
      document.removeEventListener("paste", paste);
    };
  }, [graph, actions, onAdd, onView, store, open]);
}

function focused(target: EventTarget | null, graph: Graph): DrawnStep | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>(".react-flow__node, [data-step]") : null;
  return graph.byKey.get(element?.dataset.id ?? element?.dataset.step ?? "");
}

const rename = (): void =>
  void setTimeout(() => document.querySelector<HTMLElement>("[data-rename] input, [data-rename] textarea")?.focus());

// Down follows the first way, up goes back; left and right go through the ways that stand side by side.
export function beside(graph: Graph, here: DrawnStep, key: string): DrawnStep | undefined {
  const onward = (step: DrawnStep): DrawnStep[] =>
    graph.lines.filter((line) => line.from === step).flatMap((line) => graph.byKey.get(line.to) ?? []);
  const back = graph.lines.find((line) => line.to === here.key && line.from !== here)?.from ?? graph.byKey.get(here.host);
  if (key === "ArrowDown") return onward(here).find((step) => step !== here);
  if (key === "ArrowUp") return back;
  const row = back ? [...new Set(onward(back))] : [];
  const sitting = graph.steps.filter((step) => step.host === here.key);
  const next = row[row.indexOf(here) + (key === "ArrowRight" ? 1 : -1)];
  return next ?? (key === "ArrowRight" ? sitting[0] : undefined);
}
