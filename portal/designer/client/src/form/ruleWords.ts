// The labels of all questions are gathered once for a design, however many chips say a rule.

import { useMemo } from "react";
import type { Json } from "../model/json";
import { labelsOf, ruleWords } from "../model/ruleWords";
import { useDesign, useDesk } from "../shell/desk";

let kept: { document: Json; language: string; labels: Map<string, string> } | undefined;

export function useLabels(): Map<string, string> {
  const { kinds, start } = useDesk();
  const document = useDesign((state) => state.document);
  return useMemo(() => {
    if (kept?.document !== document || kept.language !== start.language) {
      kept = { document, language: start.language, labels: labelsOf(document, kinds, start.language) };
    }
    return kept.labels;
  }, [document, kinds, start.language]);
}

export function useRuleWords(rule: string): string {
  const labels = useLabels();
  return useMemo(() => (rule ? ruleWords(rule, labels) : ""), [rule, labels]);
}
