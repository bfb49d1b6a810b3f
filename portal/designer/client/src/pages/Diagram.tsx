import { useMemo } from "react";
import { at, type Json, put, text, things } from "../model/json";
import { NODES } from "../model/steps";
import { Chip } from "../parts/Chip";
import { KindIcon } from "../parts/Icon";
import { useDesk } from "../shell/desk";
import { t, tn } from "../words/words";
import { hueOf, shapeOf } from "../workflow/families";
import { type DrawnStep, type Graph, graphOf, told } from "../workflow/graph";
import { drawnPath } from "../workflow/layout";
import { useLayout } from "../workflow/useLayout";
import { type Marks, SIGNS } from "./signs";

interface DiagramProps {
  before: Json | undefined;
  after: Json;
  marks: Marks;
}

// The steps of both versions in one drawing; what is as it was stays quiet. Each step says in words what it is.
export default function Diagram({ before, after, marks }: DiagramProps) {
  const { stepKinds, start } = useDesk();
  const graph = useMemo(() => graphOf(both(before, after), stepKinds, start.registry, start.language), [before, after, stepKinds, start]);
  const placed = useLayout(graph);
  const spots = [...placed.spots.values()];
  if (!spots.length) return null;
  const width = Math.max(...spots.map((spot) => spot.x + spot.width)) + 180;
  const height = Math.max(...spots.map((spot) => spot.y + spot.height)) + 40;
  const changed = graph.steps.filter((step) => marks.has(`step/${step.key}`)).length;
  return (
    <section className="cwd-card" aria-labelledby="cwd-diagram">
      <header className="cwd-card__head">
        <h2 id="cwd-diagram">{t("The workflow")}</h2>
        <span className="cwd-count">{tn(changed, "{n} step is different", "{n} steps are different")}</span>
      </header>
      <div className="cwd-plan" tabIndex={0} role="group" aria-labelledby="cwd-diagram">
        <div className="cwd-plan__in" style={{ inlineSize: width, blockSize: height }}>
          <svg width={width} height={height} aria-hidden="true">
            <defs>
              <marker id="cwd-plan-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
                <path d="M0 0L10 5 0 10z" />
              </marker>
            </defs>
            {graph.lines.map((line) => (
              <path key={line.id} className={gone(line.from, marks) ? "cwd-plan__line cwd-plan__line--gone" : "cwd-plan__line"} d={drawnPath(placed.routes.get(line.id)?.points ?? [])} markerEnd="url(#cwd-plan-arrow)" />
            ))}
          </svg>
          <ul>
            {graph.steps.map((step) => {
              const spot = placed.spots.get(step.key);
              return spot && <Step key={step.key} step={step} graph={graph} mark={marks.get(`step/${step.key}`)} spot={spot} />;
            })}
          </ul>
        </div>
      </div>
    </section>
  );
}

const gone = (step: DrawnStep, marks: Marks): boolean => marks.get(`step/${step.key}`) === "removed";

// The newer workflow with the steps that it has not any more.
function both(before: Json | undefined, after: Json): Json {
  const now = things(at(after, NODES));
  const keys = new Set(now.map((step) => text(step.key)));
  const old = things(at(before, NODES)).filter((step) => !keys.has(text(step.key)));
  return put(after, NODES, [...now, ...old]);
}

interface StepProps {
  step: DrawnStep;
  graph: Graph;
  mark: string | undefined;
  spot: { x: number; y: number; width: number; height: number };
}

function Step({ step, graph, mark, spot }: StepProps) {
  const family = step.kind?.family ?? "";
  const shape = shapeOf(family);
  const sign = mark ? SIGNS[mark] : undefined;
  const classes = `cwd-step cwd-step--${shape} cwd-family-${family} cwd-hue-${hueOf(family)}`;
  return (
    <li className={`cwd-plan__step cwd-plan__step--${sign?.tone ?? "same"}`} style={{ insetInlineStart: spot.x, insetBlockStart: spot.y, inlineSize: spot.width, blockSize: spot.height }}>
      {sign && (
        <Chip tone={sign.tone} icon={sign.icon}>
          {sign.word()}
        </Chip>
      )}
      <div className={classes}>
        <span className="cwd-step__icon">
          <KindIcon svg={step.icon} size={17} />
        </span>
        <span className="cwd-step__words">
          <b dir="auto" aria-hidden="true">
            {step.name}
          </b>
          <span className="cwd-vh">{told(step, graph)}</span>
        </span>
      </div>
    </li>
  );
}
