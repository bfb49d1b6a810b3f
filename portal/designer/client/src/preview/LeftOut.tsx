import { EyeOff } from "lucide-react";
import type { Thing } from "../model/json";
import { Sign } from "../parts/Icon";
import { t } from "../words/words";
import { useMade } from "./useMade";

interface Left {
  name: string;
  lines: { depth: number; text: string }[];
}

// What the page leaves out for these answers, and why, in sentences.
export function LeftOut({ asked }: { asked: Thing }) {
  const { made } = useMade<{ left_out: Left[] }>("why", asked);
  const found = made?.left_out ?? [];
  if (!made) return null;
  return (
    <details className="cwd-left-out">
      <summary>
        <Sign of={EyeOff} size={16} /> {found.length ? t("Not shown here: {n}. Why?", { n: found.length }) : t("Nothing is left out here")}
      </summary>
      <ul>
        {found.map((one) => (
          <li key={one.name}>
            <b>{one.name}</b>
            <ul>
              {one.lines.map((line, index) => (
                <li key={index} style={{ marginInlineStart: `${Math.min(line.depth, 6)}em` }}>
                  {line.text}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
