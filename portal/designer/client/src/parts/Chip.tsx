import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Sign } from "./Icon";

export type Tone = "quiet" | "info" | "good" | "warn" | "bad" | "wait";

export function Chip({ tone = "quiet", icon, children }: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={`cwd-chip cwd-chip--${tone}`}>
      {icon && <Sign of={icon} size={13} />}
      {children}
    </span>
  );
}
