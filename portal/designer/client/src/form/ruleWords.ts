// The labels of all questions are gathered once for a design, however many chips say a rule.

import { useMemo } from "react";
import type { Json } from "../model/json";
import { labelsOf, ruleWords } from "../model/ruleWords";
import { useDesign, useDesk } from "../shell/desk";

let kept: { document: Json; language: string; labels: Map<string, string> } | undefined;

export function useRuleWords(rule: string): string {
  const { kinds, start } = useDesk();
  const document = useDesign((state) => state.document);
  return useMemo(() => {
    if (!rule) return "";
    if (kept?.document !== document || kept.language !== start.language) {
      kept = { document, language: start.language, labels: labelsOf(document, kinds, start.language) };
    }
    return ruleWords(rule, kept.labels);
  }, [rule, document, kinds, start.language]);
}
