import { CornerDownRight, Ellipsis, Plus } from "lucide-react";
import { useMemo } from "react";
import { text, thing } from "../model/json";
import { under, worst } from "../model/problems";
import { Button } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { KindIcon, Sign } from "../parts/Icon";
import { Menu } from "../parts/Menu";
import { useDesign, useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { ViewSwitch, type ViewProps } from "./Canvas";
import { hueOf } from "./families";
import type { DrawnStep, Line } from "./graph";
import { outlined, type Row } from "./outlined";
import { stepItems } from "./stepItems";
import { chosenStep, stepPath } from "./useStepActions";

// The workflow as a list that can do everything that the canvas can.
export function Outline(props: ViewProps) {
  const { graph, outline, onOutline, onAdd } = props;
  const start = useDesign((state) => text(thing(thing(state.document).workflow).start));
  const { rows, loose } = useMemo(() => outlined(graph, start || (graph.steps[0]?.key ?? "")), [graph, start]);
  return (
    <section className="cwd-canvas" aria-label={t("Workflow, as a list")} tabIndex={0} data-pane>
      <div className="cwd-outline">
        <div className="cwd-between">
          <ViewSwitch outline={outline} onOutline={onOutline} />
          {onAdd && (
            <Button icon={Plus} onClick={() => onAdd({ title: t("Add a step") })}>
              {t("Add a step")}
            </Button>
          )}
        </div>
        <Rows rows={rows} {...props} />
        {loose.length > 0 && (
          <>
            <h3>{tn(loose.length, "{n} step that nothing leads to", "{n} steps that nothing leads to")}</h3>
            <Rows rows={loose.map((step) => ({ kind: "step", step }))} {...props} />
          </>
        )}
      </div>
    </section>
  );
}

function Rows({ rows, ...props }: ViewProps & { rows: Row[] }) {
  return (
    <ol className="cwd-outline__rows">
      {rows.map((row, index) => (
        <li key={index}>
          {row.kind === "step" && <StepLine step={row.step} {...props} />}
          {row.kind === "elsewhere" && <Elsewhere to={row.to} back={row.to.index <= row.line.from.index} />}
          {row.kind === "branch" && (
            <>
              <BranchName line={row.line} {...props} />
              {row.rows.length > 0 && <Rows rows={row.rows} {...props} />}
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

function StepLine({ step, graph, actions, onAdd }: ViewProps & { step: DrawnStep }) {
  const { store } = useDesk();
  const problems = useDesign((state) => state.problems);
  const chosen = chosenStep(useDesign((state) => state.where.path)) === step.index;
  const mine = under(problems, stepPath(step.index));
  const grave = worst(mine);
  const family = step.kind?.family ?? "system";
  const items = useMemo(() => stepItems(step, graph, actions, onAdd), [step, graph, actions, onAdd]);
  return (
    <div className={`cwd-outline__step cwd-hue-${hueOf(family)} ${chosen ? "cwd-outline__step--on" : ""}`}>
      <span className="cwd-tile">
        <KindIcon svg={step.icon} size={17} />
      </span>
      <button type="button" className="cwd-outline__name" aria-pressed={chosen} data-step={step.key} onClick={() => store.select(stepPath(step.index))}>
        <b>{step.name}</b>
        <span className="cwd-meta">{[step.kind?.label, step.line, step.host && t("on {step}", { step: graph.byKey.get(step.host)?.name ?? step.host })].filter(Boolean).join(". ")}</span>
      </button>
      {grave && <Chip tone={grave === "mend" ? "bad" : "warn"}>{grave === "mend" ? tn(mine.length, "{n} to mend", "{n} to mend") : tn(mine.length, "{n} to look at", "{n} to look at")}</Chip>}
      {onAdd && <Menu small icon={Ellipsis} label={t("Actions for {name}", { name: step.name })} items={items} />}
    </div>
  );
}

function BranchName({ line, onAdd, graph }: ViewProps & { line: Line }) {
  const to = graph.byKey.get(line.to)?.name ?? line.to;
  const name = line.label || t("Way to {step}", { step: to });
  return (
    <p className="cwd-outline__branch">
      {name}
      {onAdd && (
        <Button small look="quiet" icon={Plus} aria-label={t("Add a step after {name}, {way}", { name: line.from.name, way: name })} onClick={() => onAdd({ title: t("Add a step after {name}, {way}", { name: line.from.name, way: name }), spot: { index: line.from.index, way: line.way.path } })} />
      )}
    </p>
  );
}

function Elsewhere({ to, back }: { to: DrawnStep; back: boolean }) {
  const { store } = useDesk();
  return (
    <p className="cwd-outline__elsewhere">
      <Sign of={CornerDownRight} size={15} turns />
      <button type="button" className="cwd-textlink" onClick={() => store.select(stepPath(to.index))}>
        {back ? t("Then back to {step}", { step: to.name }) : t("Then {step}", { step: to.name })}
      </button>
    </p>
  );
}
