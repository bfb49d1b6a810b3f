// The steps as they are drawn and told: names, second lines, and the ways between them.

import { type Json, text, type Thing, thing } from "../model/json";
import { nameWith, type Way } from "../model/schema";
import { hostOf, type StepKinds, stepsOf, ways } from "../model/steps";
import type { NodeKind, Registry } from "../model/start";
import { readable } from "../model/texts";
import { rolesOf } from "../model/roles";
import { ruleWords } from "../model/ruleWords";
import { unitName } from "../properties/SpanWidget";
import { humane } from "../properties/widget";
import { t } from "../words/words";

export interface DrawnStep {
  key: string;
  index: number;
  step: Thing;
  kind: NodeKind | undefined;
  name: string;
  icon: string | undefined;
  line: string;
  host: string;
  ways: Way[];
}

export interface Line {
  id: string;
  from: DrawnStep;
  to: string;
  way: Way;
  label: string;
}

export interface Graph {
  steps: DrawnStep[];
  byKey: Map<string, DrawnStep>;
  lines: Line[];
  from: Map<DrawnStep, Line[]>;
  sitting: Map<string, DrawnStep[]>;
}

export function graphOf(document: Json, kinds: StepKinds, registry: Registry, language: string, labels: ReadonlyMap<string, string> = new Map()): Graph {
  const roles = new Map(rolesOf(document, registry, language).map((role) => [role.key, role.name]));
  const steps = stepsOf(document).map((step, index) => drawn(step, index, kinds, roles, language));
  const byKey = new Map<string, DrawnStep>();
  for (const step of steps) if (!byKey.has(step.key)) byKey.set(step.key, step);
  const lines = steps.flatMap((from) =>
    from.ways
      .filter((way) => byKey.has(way.to))
      .map((way) => ({ id: `${from.index} ${way.path.join(".")}`, from, to: way.to, way, label: wayName(way, from.ways, language, labels) })),
  );
  const from = new Map<DrawnStep, Line[]>();
  for (const line of lines) from.set(line.from, [...(from.get(line.from) ?? []), line]);
  const sitting = new Map<string, DrawnStep[]>();
  for (const step of steps) if (step.host) sitting.set(step.host, [...(sitting.get(step.host) ?? []), step]);
  return { steps, byKey, lines, from, sitting };
}

function drawn(step: Thing, index: number, kinds: StepKinds, roles: ReadonlyMap<string, string>, language: string): DrawnStep {
  const kind = kinds.get(text(step.type));
  return {
    key: text(step.key) || `step ${index}`,
    index,
    step,
    kind,
    name: readable(step.title, language) || kind?.label || text(step.key),
    icon: iconOf(step, kind),
    line: [roleOf(step, kind, roles), spanOf(step, kind)].filter(Boolean).join(". "),
    host: hostOf(step, kinds),
    ways: ways(step, kinds),
  };
}

// The icon of its kind, or the one that a setting of this very step asks for: an end that refuses.
export function iconOf(step: Thing, kind: NodeKind | undefined): string | undefined {
  const own = Object.entries(kind?.icons ?? {}).map(([setting, icons]) => icons[text(step[setting])]);
  return own.find(Boolean) ?? kind?.icon_svg;
}

// What a way is called: its own label, or what its property is called where there is more than one.
export function wayName(way: Way, all: Way[], language: string, labels: ReadonlyMap<string, string> = new Map()): string {
  const own = readable(way.label, language);
  if (own) return own;
  if (way.rule && way.listed) return ruleWords(way.rule, labels);
  if (way.listed) return t("Way {n}", { n: Number(way.path.findLast((part) => typeof part === "number") ?? 0) + 1 });
  return all.length > 1 ? way.title : "";
}

function roleOf(step: Thing, kind: NodeKind | undefined, roles: ReadonlyMap<string, string>): string {
  const name = kind && nameWith("role", kind.schema);
  const role = name ? text(step[name]) : "";
  return role ? (roles.get(role) ?? humane(role)) : "";
}

export function spanOf(step: Thing, kind: NodeKind | undefined): string {
  const name = kind && nameWith("span", kind.schema);
  const [unit, amount] = Object.entries(thing(name ? step[name] : undefined))[0] ?? [];
  return unit ? t("{n} {unit}", { n: Number(amount), unit: unitName(unit) }) : "";
}

// What a screen reader says: kind, name, who and how long, where it leads.
export function told(step: DrawnStep, graph: Graph): string {
  const leads = (graph.from.get(step) ?? []).map((line) => {
    const name = graph.byKey.get(line.to)?.name ?? line.to;
    return line.label ? t("{way} leads to {step}", { way: line.label, step: name }) : t("leads to {step}", { step: name });
  });
  const host = step.host ? t("on {step}", { step: graph.byKey.get(step.host)?.name ?? step.host }) : "";
  return [step.kind?.label, step.name, step.line, host, ...leads].filter(Boolean).join(". ");
}
