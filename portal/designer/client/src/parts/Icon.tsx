// Icons of kinds come from the server's registry, those of the interface from lucide.

import type { LucideIcon } from "lucide-react";

const inside = (svg: string): string => svg.replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, "");

interface KindIconProps {
  svg: string | undefined;
  size?: number;
}

export function KindIcon({ svg, size = 16 }: KindIconProps) {
  return (
    <svg
      className="cwd-icon"
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      dangerouslySetInnerHTML={{ __html: svg ? inside(svg) : '<circle cx="12" cy="12" r="9"/>' }}
    />
  );
}

export function Sign({ of: Drawn, size = 16, turns = false }: { of: LucideIcon; size?: number; turns?: boolean }) {
  return <Drawn aria-hidden="true" size={size} className={turns ? "cwd-icon cwd-icon--turns" : "cwd-icon"} />;
}
