import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { CircleX, TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { Severity } from "../model/problems";
import { KindIcon, Sign } from "../parts/Icon";
import { hueOf, shapeOf } from "./families";

export interface StepData extends Record<string, unknown> {
  name: string;
  line: string;
  family: string;
  icon: string | undefined;
  grave: Severity | undefined;
}

export type StepNodeType = Node<StepData, "step">;

// A step in the shape and hue of its family. What it is called for a screen reader stands on React Flow's own element.
export const StepNode = memo(({ data, selected }: NodeProps<StepNodeType>) => {
  const shape = shapeOf(data.family);
  const classes = `cwd-step cwd-step--${shape} cwd-family-${data.family} cwd-hue-${hueOf(data.family)} ${selected ? "cwd-step--on" : ""}`;
  return (
    <div className={classes}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <span className="cwd-step__icon">
        <KindIcon svg={data.icon} size={shape === "card" ? 18 : 17} />
      </span>
      <span className="cwd-step__words">
        <b dir="auto">{data.name}</b>
        {data.line && <span dir="auto">{data.line}</span>}
      </span>
      {data.grave && (
        <span className={`cwd-step__flag cwd-step__flag--${data.grave}`}>
          <Sign of={data.grave === "mend" ? CircleX : TriangleAlert} size={14} />
        </span>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
});
