// What a step means, in a plain sentence with an example of a day.

import { thing } from "../model/json";
import { nameWith } from "../model/schema";
import { t } from "../words/words";
import { spokenDays } from "../words/words";
import { type DrawnStep, type Graph, spanOf } from "./graph";

// A Thursday afternoon: far enough in the week that working days jump over its end.
const ARRIVES = new Date(2026, 10, 5, 15, 0);
const DAY = 86_400_000;

const said = (day: Date): string => day.toLocaleString(spokenDays(), { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

// When a length of time is over, in weeks of Monday to Friday without holidays. Working hours depend on opening hours.
export function exampleEnd(unit: string, amount: number): Date | undefined {
  const end = new Date(ARRIVES);
  if (unit === "minutes") return new Date(end.getTime() + amount * 60_000);
  if (unit === "hours") return new Date(end.getTime() + amount * 3_600_000);
  if (unit === "days") return new Date(end.getTime() + amount * DAY);
  if (unit === "months") end.setMonth(end.getMonth() + amount);
  else if (unit === "years") end.setFullYear(end.getFullYear() + amount);
  else if (unit === "working_days") {
    for (let left = amount; left > 0; ) {
      end.setDate(end.getDate() + 1);
      if (end.getDay() !== 0 && end.getDay() !== 6) left -= 1;
    }
  } else return undefined;
  return end;
}

export function sentenceOf(step: DrawnStep, graph: Graph): string {
  const sentences: string[] = [];
  const name = step.kind && nameWith("span", step.kind.schema);
  const [unit, amount] = Object.entries(thing(name ? step.step[name] : undefined))[0] ?? [];
  if (unit && typeof amount === "number") {
    const host = graph.byKey.get(step.host);
    const span = spanOf(step.step, step.kind);
    sentences.push(host ? t("This happens when {step} has taken {span}.", { step: host.name, span }) : t("The time for this is {span}.", { span }));
    const end = exampleEnd(unit, amount);
    if (end) sentences.push(t("A case that arrives on {arrives} is due on {due}, if no holiday lies between.", { arrives: said(ARRIVES), due: said(end) }));
  }
  const lines = graph.lines.filter((line) => line.from === step);
  for (const line of lines) {
    const to = graph.byKey.get(line.to)?.name ?? line.to;
    if (line.label) sentences.push(t("{way}: the case goes on to {step}.", { way: line.label, step: to }));
    else sentences.push(t("Then the case goes on to {step}.", { step: to }));
  }
  return sentences.join(" ");
}
