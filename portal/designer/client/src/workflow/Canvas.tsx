import { Background, BackgroundVariant, type Edge, MarkerType, Panel, ReactFlow, ReactFlowProvider, useReactFlow, useViewport } from "@xyflow/react";
import { ListTree, Maximize, Minus, Plus, Waypoints } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { mainWay } from "../model/steps";
import { under, worst } from "../model/problems";
import { IconButton } from "../parts/Button";
import { KindIcon, Sign } from "../parts/Icon";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { familyName, hueOf, inFamilies, shapeOf } from "./families";
import { type Graph, told } from "./graph";
import type { Placed } from "./layout";
import { StepNode, type StepNodeType } from "./StepNode";
import { chosenStep, type StepActions, stepPath } from "./useStepActions";
import { useLayout } from "./useLayout";
import { WayEdge, type WayEdgeType } from "./WayEdge";
import type { Adding } from "./WorkflowTab";

export interface ViewProps {
  graph: Graph;
  actions: StepActions;
  outline: boolean;
  onOutline: (on: boolean) => void;
  onAdd: ((adding: Adding) => void) | undefined;
}

const NODE_TYPES = { step: StepNode };
const EDGE_TYPES = { way: WayEdge };
const MANY = 80;
const MARGIN = 12;
// where the families stand along the top, over the drawing
const BAR_ON_TOP = "(max-width: 1450px)";

export function Canvas(props: ViewProps) {
  return (
    <section className="cwd-flow" aria-label={t("Workflow")} data-pane tabIndex={0}>
      <ReactFlowProvider>
        <Flow {...props} />
      </ReactFlowProvider>
    </section>
  );
}

function Flow(props: ViewProps) {
  const { graph, onAdd, actions } = props;
  const { store, start, open } = useDesk();
  const placed = useLayout(graph);
  const drawn = placed.spots.size > 0;
  const nodes = useNodes(graph, placed);
  const edges = useEdges(graph, placed, onAdd);
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const fit = (): void => {
    const first = placed.spots.get(graph.steps[0]?.key ?? "");
    void flow.fitView({ padding: 0.12, minZoom: 0.8, maxZoom: 1 }).then(() => {
      const zoom = flow.getZoom();
      const height = Math.max(...[...placed.spots.values()].map((spot) => spot.y + spot.height));
      const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
      // what does not fit begins at its beginning, and stands in the middle as far as it is not too wide
      if (!first || height * zoom <= clientHeight) return;
      const { left, right } = sides(placed);
      const middle = (right - left) * zoom <= clientWidth - 2 * MARGIN ? (left + right) / 2 : first.x + first.width / 2;
      void flow.setViewport({ zoom, x: clientWidth / 2 - middle * zoom, y: (matchMedia(BAR_ON_TOP).matches ? 116 : 24) - first.y * zoom });
    });
  };
  useEffect(() => {
    if (!drawn) return;
    const timer = setTimeout(fit, 0);
    return () => clearTimeout(timer);
  }, [drawn]);
  return (
    <div className="cwd-flow__in" ref={frame}>
      {!drawn && <p className="cwd-loading">{t("Opening")}</p>}
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesReconnectable={open}
        onlyRenderVisibleElements={graph.steps.length > MANY}
        attributionPosition={start.dir === "rtl" ? "bottom-left" : "bottom-right"}
        deleteKeyCode={null}
        minZoom={0.2}
        maxZoom={1.6}
        onNodeClick={(_, node) => store.select(stepPath(Number(node.data.index)))}
        onEdgeClick={(_, edge) => store.select(stepPath(Number(edge.id.split(" ")[0])))}
        onReconnect={(edge, connection) => reconnect(edge, connection.target, graph, actions)}
        onPaneClick={() => store.select(null)}
        ariaLabelConfig={{
          "node.a11yDescription.default": t("Arrows follow the ways, Enter opens the properties, Insert adds a step after this one."),
          "edge.a11yDescription.default": t("A way from one step to another."),
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} />
        {onAdd && (
          <Panel position={start.dir === "rtl" ? "top-right" : "top-left"}>
            <FamilyBar graph={graph} onAdd={onAdd} />
          </Panel>
        )}
        <Panel position={start.dir === "rtl" ? "top-left" : "top-right"}>
          <ViewSwitch {...props} />
        </Panel>
        <Panel position={start.dir === "rtl" ? "bottom-right" : "bottom-left"}>
          <Zoom onFit={fit} />
        </Panel>
      </ReactFlow>
    </div>
  );
}

function sides(placed: Placed): { left: number; right: number } {
  const spots = [...placed.spots.values()];
  return { left: Math.min(...spots.map((spot) => spot.x)), right: Math.max(...spots.map((spot) => spot.x + spot.width)) };
}

function reconnect(edge: Edge, target: string, graph: Graph, actions: StepActions): void {
  const line = graph.lines.find((one) => one.id === edge.id);
  if (line && target !== line.to) actions.lead(line.from.index, line.way.path, target);
}

function useNodes(graph: Graph, placed: Placed): StepNodeType[] {
  const problems = useDesign((state) => state.problems);
  const chosen = chosenStep(useDesign((state) => state.where.path));
  return useMemo(
    () =>
      graph.steps.flatMap((step): StepNodeType[] => {
        const spot = placed.spots.get(step.key);
        if (!spot || graph.byKey.get(step.key) !== step) return [];
        const { width, height, x, y } = spot;
        return [
          {
            id: step.key,
            type: "step",
            position: { x, y },
            width,
            height,
            measured: { width, height },
            selected: chosen === step.index,
            zIndex: step.host ? 5 : 0,
            ariaLabel: told(step, graph),
            domAttributes: { "aria-roledescription": t("step") },
            data: {
              index: step.index,
              name: step.name,
              line: shapeOf(step.kind?.family ?? "") === "card" ? step.line || (step.kind?.label ?? "") : "",
              family: step.kind?.family ?? "system",
              icon: step.icon,
              grave: worst(under(problems, stepPath(step.index))),
            },
          },
        ];
      }),
    [graph, placed, problems, chosen],
  );
}

function useEdges(graph: Graph, placed: Placed, onAdd: ViewProps["onAdd"]): WayEdgeType[] {
  const chosen = chosenStep(useDesign((state) => state.where.path));
  return useMemo(() => {
    const add = onAdd && ((id: string): void => {
      const line = graph.lines.find((one) => one.id === id);
      if (line) onAdd({ title: t("Add a step after {name}", { name: line.from.name }), spot: { index: line.from.index, way: line.way.path } });
    });
    return graph.lines.flatMap((line): WayEdgeType[] => {
      const route = placed.routes.get(line.id);
      if (!route) return [];
      const to = graph.byKey.get(line.to)?.name ?? line.to;
      return [
        {
          id: line.id,
          type: "way",
          source: line.from.key,
          target: line.to,
          selected: chosen === line.from.index,
          focusable: false,
          ariaLabel: t("From {from} to {to}", { from: line.from.name, to }),
          markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
          data: {
            points: route.points,
            at: route.label,
            label: line.label,
            back: route.back,
            addName: line.label ? t("Add a step after {name}, {way}", { name: line.from.name, way: line.label }) : t("Add a step after {name}", { name: line.from.name }),
            onAdd: add,
          },
        },
      ];
    });
  }, [graph, placed, chosen, onAdd]);
}

function FamilyBar({ graph, onAdd }: { graph: Graph; onAdd: (adding: Adding) => void }) {
  const { start } = useDesk();
  const index = chosenStep(useDesign((state) => state.where.path));
  const add = (family: string): void => {
    const way = index === undefined ? undefined : mainWay(graph.steps[index]?.ways ?? [])?.path;
    onAdd({ title: t("Add: {family}", { family: familyName(family) }), family, ...(index !== undefined && way ? { spot: { index, way } } : {}) });
  };
  const families = inFamilies(start.registry.node_types.filter((kind) => !kind.watches));
  return (
    <div className="cwd-float cwd-families" role="toolbar" aria-label={t("Add a step")} aria-orientation="vertical">
      {families.map(([family, kinds]) => (
        <button type="button" key={family} className={`cwd-hue-${hueOf(family)}`} onClick={() => add(family)}>
          <span className={`cwd-tile cwd-tile--${shapeOf(family)}`}>
            <KindIcon svg={kinds[0]?.icon_svg} size={17} />
          </span>
          {familyName(family)}
        </button>
      ))}
    </div>
  );
}

export function ViewSwitch({ outline, onOutline }: Pick<ViewProps, "outline" | "onOutline">) {
  return (
    <div className="cwd-float cwd-views" role="group" aria-label={t("View")}>
      <button type="button" aria-pressed={!outline} aria-keyshortcuts="O" onClick={() => onOutline(false)}>
        <Sign of={Waypoints} /> {t("Canvas")}
      </button>
      <button type="button" aria-pressed={outline} aria-keyshortcuts="O" onClick={() => onOutline(true)}>
        <Sign of={ListTree} /> {t("Outline")}
      </button>
    </div>
  );
}

function Zoom({ onFit }: { onFit: () => void }) {
  const flow = useReactFlow();
  const { zoom } = useViewport();
  return (
    <div className="cwd-float cwd-views" role="group" aria-label={t("Zoom")}>
      <IconButton icon={Minus} label={t("Smaller")} onClick={() => void flow.zoomOut()} />
      <span className="cwd-views__number">{Math.round(zoom * 100)} %</span>
      <IconButton icon={Plus} label={t("Larger")} onClick={() => void flow.zoomIn()} />
      <IconButton icon={Maximize} label={t("Show all of it")} onClick={onFit} />
    </div>
  );
}
