import type { ReactNode } from "react";

interface PaneProps {
  label: string;
  side?: "start" | "middle" | "end";
  children: ReactNode;
  className?: string;
}

// A part of the screen that scrolls by itself; F6 goes from one to the next.
export function Pane({ label, side = "middle", children, className = "" }: PaneProps) {
  return (
    <section className={`cwd-pane cwd-pane--${side} ${className}`} aria-label={label} tabIndex={0} data-pane>
      {children}
    </section>
  );
}
