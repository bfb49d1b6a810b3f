import { BellPlus, BookmarkPlus, Copy, Info, Plus, Trash2, Waypoints } from "lucide-react";
import { useId, useState } from "react";
import { arrivals, NODES } from "../model/steps";
import { type Json, text, thing } from "../model/json";
import type { Way } from "../model/schema";
import { IconButton } from "../parts/Button";
import { KindIcon, Sign } from "../parts/Icon";
import { Frame } from "../properties/Frame";
import { Properties } from "../properties/Property";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { type DrawnStep, type Graph, wayName } from "./graph";
import { sentenceOf } from "./sentence";
import { type StepActions, stepPath } from "./useStepActions";
import type { Adding } from "./WorkflowTab";

interface StepPanelProps {
  graph: Graph;
  actions: StepActions;
  index: number | undefined;
  onAdd: ((adding: Adding) => void) | undefined;
}

export function StepPanel({ graph, actions, index, onAdd }: StepPanelProps) {
  const step = index === undefined ? undefined : graph.steps[index];
  if (!step) return <WholePanel />;
  return <OnePanel key={index} step={step} graph={graph} actions={actions} index={step.index} onAdd={onAdd} />;
}

// What holds for the whole workflow.
function WholePanel() {
  const { start, open } = useDesk();
  const schema = start.registry.workflow_schema;
  return (
    <>
      <div className="cwd-head">
        <h2>
          <Sign of={Waypoints} /> {t("The whole workflow")}
        </h2>
      </div>
      <fieldset className="cwd-props" disabled={!open}>
        <div className="cwd-props__in">
          {schema && <Properties schema={schema} path={["workflow"]} only={(_, one) => one.items === undefined} />}
          <p className="cwd-hint">{t("Choose a step to see what it does and where it leads.")}</p>
        </div>
      </fieldset>
    </>
  );
}

function OnePanel({ step, graph, actions, index, onAdd }: StepPanelProps & { step: DrawnStep; index: number }) {
  const { open } = useDesk();
  const path = stepPath(index);
  return (
    <>
      <div className="cwd-head">
        <h2>
          <KindIcon svg={step.icon} /> {step.kind?.label ?? text(step.step.type)}
        </h2>
        {open && (
          <span className="cwd-tools-row">
            {!step.host && !step.kind?.ends && !step.kind?.begins && onAdd && (
              <IconButton small icon={BellPlus} label={t("Add what happens when it takes too long, or fails")} onClick={() => onAdd({ title: t("Add on {name}", { name: step.name }), host: index })} />
            )}
            <IconButton small icon={Copy} label={t("Duplicate")} keys="Control+D" onClick={() => actions.duplicate(index)} />
            {onAdd && <IconButton small icon={BookmarkPlus} label={t("Keep steps as a pattern")} onClick={() => onAdd({ title: t("Keep steps as a pattern"), keep: index })} />}
            <IconButton small icon={Trash2} label={t("Delete")} keys="Delete" onClick={() => actions.remove(index)} />
          </span>
        )}
      </div>
      <fieldset className="cwd-props" disabled={!open}>
        {step.kind?.help && <p className="cwd-hint">{step.kind.help}</p>}
        <div className="cwd-props__in" data-rename>
          {step.kind ? (
            <Properties
              schema={step.kind.schema}
              path={path}
              only={(_, schema) => schema.ui?.widget !== "key"}
              after={(_, document: Json) => actions.follow(document, index)}
            />
          ) : (
            <p className="cwd-hint">{t("This kind of step is not known here: {kind}", { kind: text(step.step.type) })}</p>
          )}
          <PlainSentence step={step} graph={graph} />
          <LeadsTo step={step} graph={graph} onAdd={onAdd} />
          <ComesFrom step={step} graph={graph} />
          <StepKey step={step} actions={actions} />
        </div>
      </fieldset>
    </>
  );
}

function PlainSentence({ step, graph }: { step: DrawnStep; graph: Graph }) {
  const words = sentenceOf(step, graph);
  if (!words) return null;
  return (
    <p className="cwd-plain">
      <Sign of={Info} />
      <span>{words}</span>
    </p>
  );
}

function LeadsTo({ step, graph, onAdd }: Pick<StepPanelProps, "graph" | "onAdd"> & { step: DrawnStep }) {
  const { store, start } = useDesk();
  if (!step.ways.length) return null;
  const add = (way: Way): void =>
    onAdd?.({ title: t("Add a step after {name}", { name: step.name }), spot: { index: step.index, way: way.path } });
  return (
    <section className="cwd-field" aria-label={t("Leads to")}>
      <h3>{t("Leads to")}</h3>
      <ul className="cwd-links">
        {step.ways.map((way) => {
          const to = graph.byKey.get(way.to);
          const name = wayName(way, step.ways, start.language);
          return (
            <li key={way.path.join(".")}>
              <button type="button" disabled={!to} onClick={() => to && store.select(stepPath(to.index))}>
                {name && <span className="cwd-meta">{name}</span>}
                <span>{to?.name ?? t("Nowhere yet")}</span>
              </button>
              {onAdd && <IconButton small icon={Plus} label={t("Add a step after {name}, {way}", { name: step.name, way: name || way.title })} onClick={() => add(way)} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ComesFrom({ step, graph }: { step: DrawnStep; graph: Graph }) {
  const { store, stepKinds, start } = useDesk();
  const document = useDesign((state) => state.document);
  const from = arrivals(document, step.key, stepKinds);
  if (!from.length) return null;
  return (
    <section className="cwd-field" aria-label={t("Comes from")}>
      <h3>{t("Comes from")}</h3>
      <ul className="cwd-links">
        {from.map(({ index, way }) => {
          const one = graph.steps[index];
          return (
            <li key={`${index} ${way.path.join(".")}`}>
              <button type="button" onClick={() => store.select(stepPath(index))}>
                <span>{one?.name}</span>
                <span className="cwd-meta">{one && wayName(way, one.ways, start.language)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const ALLOWED = /^[a-z][a-z0-9_]{0,59}$/;

function StepKey({ step, actions }: { step: DrawnStep; actions: StepActions }) {
  const { store } = useDesk();
  const id = useId();
  const key = text(thing(step.step).key);
  const [typed, setTyped] = useState<string>();
  const taken = useDesign((state) => JSON.stringify(thing(thing(state.document).workflow).nodes ?? [])).includes(`"key":"${typed}"`);
  const wrong = typed !== undefined && typed !== key && (!ALLOWED.test(typed) || taken);
  const keep = (): void => {
    if (typed !== undefined && !wrong && typed !== key) {
      store.young.delete(key);
      actions.rename(step.index, typed);
    }
    setTyped(undefined);
  };
  return (
    <Frame id={id} label={t("Short name")} help={t("Ways and rules use it. They follow when it changes.")} path={[...NODES, step.index, "key"]}>
      <input
        id={id}
        className="cwd-in cwd-code"
        dir="ltr"
        aria-describedby={`${id}-help`}
        aria-invalid={wrong}
        value={typed ?? key}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Enter" && keep()}
      />
      {wrong && <p className="cwd-err">{taken ? t("Another step is called so.") : t("Small letters, digits and _ only, beginning with a letter.")}</p>}
    </Frame>
  );
}

