// A rule that gives a value: an earlier answer, a fixed value, or a short sum of both. Never a condition.

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { type Json, list, text, type Thing, things } from "../model/json";
import { Button, IconButton } from "../parts/Button";
import { t } from "../words/words";
import type { Offered } from "./tree";
import type { RuleState } from "./useRule";

const FIXED = "fixed";
const SIGNS: Record<string, () => string> = {
  "+": () => t("plus"),
  "-": () => t("minus"),
  "*": () => t("times"),
  "/": () => t("divided by"),
};

interface PickerProps {
  rule: RuleState;
  // the setting follows the kind of what is picked
  onKind?: ((kind: string) => void) | undefined;
}

export function ValuePicker({ rule, onKind }: PickerProps) {
  const [draft, setDraft] = useState<Thing>();
  const { values = [], signs = [], fixed = "" } = rule.answer;
  const tree = draft ?? rule.answer.tree ?? { terms: [] };
  if (!draft && "text" in tree) return <p className="cwd-hint">{t("This was written as text. Press Write to change it.")}</p>;
  const terms = things(tree.terms);
  const between = list(tree.signs).map(String);
  const change = (terms: Thing[], signs: string[]): void => {
    const next = { terms, signs };
    const whole = terms.every((term) => text(term.text) !== "" || (term.value !== undefined && term.value !== ""));
    setDraft(whole ? undefined : next);
    if (whole) rule.picked(terms.length ? next : null);
  };
  const pick = (index: number, term: Thing): void => {
    const found = values.find((one) => one.text === term.text);
    if (found && terms.length < 2) onKind?.(found.kind);
    change(index < terms.length ? terms.map((one, place) => (place === index ? term : one)) : [...terms, term], between);
  };
  const without = (index: number): void =>
    change(
      terms.filter((_, place) => place !== index),
      between.filter((_, place) => place !== Math.max(0, index - 1)),
    );
  return (
    <div className="cwd-rule" role="group" aria-label={t("Value of the rule")}>
      {(terms.length ? terms : [{}]).map((term, index) => (
        <div className="cwd-condition" key={index}>
          {index > 0 && <Sign sign={between[index - 1] ?? ""} signs={signs} onSign={(sign) => change(terms, between.map((one, place) => (place === index - 1 ? sign : one)))} />}
          <div className="cwd-row">
            <Term term={term} values={values} fixed={fixed} onTerm={(next) => pick(index, next)} />
            {terms.length > 1 && <IconButton small icon={X} label={t("Remove value {n}", { n: index + 1 })} onClick={() => without(index)} />}
          </div>
        </div>
      ))}
      {signs.length > 0 && terms.length > 0 && (
        <Button small icon={Plus} onClick={() => change([...terms, { value: "" }], [...between, signs[0] ?? ""])}>
          {t("Another value")}
        </Button>
      )}
      {terms.length > 2 && <p className="cwd-hint">{t("Times and divided by are worked out before plus and minus.")}</p>}
      {rule.answer.values?.length === 0 && <p className="cwd-hint">{t("No earlier question has an answer of this kind.")}</p>}
    </div>
  );
}

function Sign({ sign, signs, onSign }: { sign: string; signs: string[]; onSign: (sign: string) => void }) {
  return (
    <select className="cwd-in" aria-label={t("Sign")} value={sign} onChange={(event) => onSign(event.target.value)}>
      {signs.map((one) => (
        <option key={one} value={one}>
          {SIGNS[one]?.() ?? one}
        </option>
      ))}
    </select>
  );
}

interface TermProps {
  term: Thing;
  values: Offered[];
  fixed: "number" | "date" | "text" | "";
  onTerm: (term: Thing) => void;
}

function Term({ term, values, fixed, onTerm }: TermProps) {
  const chosen = "value" in term ? FIXED : text(term.text);
  const typed = (words: string): Json => (fixed === "number" && words !== "" ? Number(words) : words);
  return (
    <>
      <select className="cwd-in" aria-label={t("Value from")} value={chosen} onChange={(event) => onTerm(event.target.value === FIXED ? { value: "" } : { text: event.target.value })}>
        {!chosen && <option value="">{t("Choose a question")}</option>}
        {values.map((one) => (
          <option key={one.text} value={one.text}>
            {one.label}
          </option>
        ))}
        {(fixed || chosen === FIXED) && <option value={FIXED}>{t("A fixed value")}</option>}
      </select>
      {chosen === FIXED && <input className="cwd-in" aria-label={t("Fixed value")} type={fixed || "text"} step="any" value={String(term.value ?? "")} onChange={(event) => onTerm({ value: typed(event.target.value) })} />}
    </>
  );
}
