// The drawing of a large workflow is begun as soon as the design is there, beside the loading of the tab that shows it.

import { kindsOf } from "../model/forms";
import { thing } from "../model/json";
import { labelsOf } from "../model/ruleWords";
import type { Start } from "../model/start";
import { stepKindsOf } from "../model/steps";
import { drawingOf } from "./drawing";
import { graphOf } from "./graph";
import { placeEarly } from "./useLayout";

export function layOutEarly({ document, registry, language }: Start): void {
  const labels = labelsOf({ forms: thing(document).forms ?? {} }, kindsOf(registry.field_types), language);
  placeEarly(drawingOf(graphOf(document, stepKindsOf(registry.node_types), registry, language, labels)));
}
