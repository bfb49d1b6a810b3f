import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo } from "react";
import { Sign } from "../parts/Icon";
import { drawnPath, type Point } from "./layout";

export interface WayData extends Record<string, unknown> {
  points: Point[];
  at: Point;
  label: string;
  back: boolean;
  addName: string;
  onAdd: ((id: string) => void) | undefined;
}

export type WayEdgeType = Edge<WayData, "way">;

export const WayEdge = memo(({ id, data, markerEnd, selected }: EdgeProps<WayEdgeType>) => {
  if (!data) return null;
  const { points, at, label, back, onAdd, addName } = data;
  const classes = `cwd-way ${back ? "cwd-way--back" : ""} ${selected ? "cwd-way--on" : ""}`;
  return (
    <>
      <BaseEdge id={id} path={drawnPath(points)} className={classes} markerEnd={markerEnd} interactionWidth={18} />
      <EdgeLabelRenderer>
        <div className="cwd-way__label nodrag nopan" style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>
          {label && <span className="cwd-way__words" dir="auto">{label}</span>}
          {onAdd && (
            <button type="button" className={selected ? "cwd-way__plus cwd-way__plus--on" : "cwd-way__plus"} aria-label={addName} title={addName} onClick={() => onAdd(id)}>
              <Sign of={Plus} size={13} />
            </button>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
