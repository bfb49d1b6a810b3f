import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Sign } from "./Icon";

export function Empty({ icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <div className="cwd-empty">
      <Sign of={icon} size={28} />
      <h3>{title}</h3>
      {children}
    </div>
  );
}
