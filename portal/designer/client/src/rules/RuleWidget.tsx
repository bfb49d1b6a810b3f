import { CircleAlert, Code, ListTree, Split, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { put, type Thing } from "../model/json";
import { Button } from "../parts/Button";
import { Sign } from "../parts/Icon";
import { Frame } from "../properties/Frame";
import type { WidgetProps } from "../properties/widget";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { Group } from "./Builder";
import { asGroup, isWhole, pickable, slim } from "./tree";
import { type RuleState, useRule } from "./useRule";
import { ValuePicker } from "./ValuePicker";

// A rule: picked from questions, or written as text by who knows how. What the picker cannot show is shown as it is.
export function RuleWidget({ schema, id, label, path, value, required }: WidgetProps) {
  const words = typeof value === "string" ? value : "";
  const [begun, setBegun] = useState(words !== "" || required);
  const [expert, setExpert] = useState(false);
  const rule = useRule(path, words, schema.ui);
  const { store } = useDesk();
  const { gives_from: sibling, any_kind: follows } = schema.ui ?? {};
  // the server says so; until it has, no condition is offered where a value may be wanted
  const isValue = rule.answer.values !== undefined || (rule.gives !== "" && !rule.answer.paths);
  const kind = sibling && follows ? (given: string): void => store.change(put(store.state.document, [...path.slice(0, -1), sibling], given)) : undefined;
  const shown = begun || words !== "";
  const beside = shown && (
    <span className="cwd-tools-row">
      <Button small look="quiet" icon={expert ? ListTree : Code} aria-pressed={expert} onClick={() => setExpert(!expert)}>
        {expert ? t("Pick") : t("Write")}
      </Button>
      {!required && (
        <Button small look="quiet" icon={Trash2} onClick={() => (rule.picked(null), setBegun(false))} aria-label={t("Remove {name}", { name: label })}>
          {t("Remove")}
        </Button>
      )}
    </span>
  );
  return (
    <Frame id={id} label={label} help={schema.ui?.help ?? schema.description} path={path} beside={beside} group>
      {!shown && (
        <Button small icon={Split} onClick={() => setBegun(true)} aria-label={isValue ? t("Add a rule: {name}", { name: label }) : t("Add a condition: {name}", { name: label })}>
          {isValue ? t("Add a rule") : t("Add a condition")}
        </Button>
      )}
      {shown && (expert ? <Expert id={id} rule={rule} words={words} label={label} /> : isValue ? <ValuePicker rule={rule} onKind={kind} /> : <Picker rule={rule} />)}
      {shown && !expert && rule.answer.text && <code className="cwd-cel" dir="ltr">{rule.answer.text}</code>}
      {shown && rule.answer.sentence && <p className="cwd-hint">{rule.answer.sentence}</p>}
      <div role="status">
        {rule.failed && <p className="cwd-err">{rule.failed}</p>}
        {shown && rule.answer.problems?.map((problem) => (
          <p className="cwd-err" key={problem.sentence}>
            <Sign of={CircleAlert} size={14} />
            {problem.line ? t("Line {line}, column {column}: {sentence}", { line: problem.line, column: problem.column ?? 1, sentence: problem.sentence }) : problem.sentence}
          </p>
        ))}
      </div>
    </Frame>
  );
}

function Picker({ rule }: { rule: RuleState }) {
  const { start } = useDesk();
  const [draft, setDraft] = useState<Thing>();
  const operators = useMemo(() => new Map(start.registry.operators.map((one) => [one.key, one])), [start]);
  const paths = useMemo(() => pickable(rule.answer.paths ?? []), [rule.answer.paths]);
  const tree = draft ?? asGroup(rule.answer.tree);
  const change = (next: Thing): void => {
    const small = slim(next);
    // what is half picked stays here until it says something
    setDraft(small && isWhole(small) ? undefined : next);
    if (!small || isWhole(small)) rule.picked(small);
  };
  return (
    <div className="cwd-rule">
      <Group tree={tree} place={[]} part={tree} paths={paths} operators={operators} depth={0} onTree={change} />
    </div>
  );
}

function Expert({ id, rule, words, label }: { id: string; rule: RuleState; words: string; label: string }) {
  const paths = pickable(rule.answer.paths ?? []);
  const marks = rule.answer.problems ?? [];
  const [place, setPlace] = useState(words.length);
  const begun = /[\w.[\]]*$/.exec(words.slice(0, place))?.[0] ?? "";
  const fitting = begun ? paths.filter((path) => path.path.includes(begun) && path.path !== begun).slice(0, 6) : [];
  const complete = (path: string): void => rule.typed(words.slice(0, place - begun.length) + path + words.slice(place));
  return (
    <>
      <textarea
        id={id}
        className="cwd-in cwd-code"
        dir="ltr"
        rows={3}
        spellCheck={false}
        aria-label={label}
        aria-invalid={marks.length > 0}
        value={words}
        onSelect={(event) => setPlace(event.currentTarget.selectionStart)}
        onChange={(event) => rule.typed(event.target.value)}
      />
      {marks[0]?.line && <Marked words={words} line={marks[0].line} column={marks[0].column ?? 1} />}
      {fitting.length > 0 && (
        <ul className="cwd-completions" aria-label={t("Questions that fit")}>
          {fitting.map((path) => (
            <li key={path.path}>
              <Button small look="quiet" onClick={() => complete(path.path)}>
                <bdi className="cwd-key">{path.path}</bdi> {path.label}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

// The line with the mistake, and a mark below its place.
function Marked({ words, line, column }: { words: string; line: number; column: number }) {
  return (
    <pre className="cwd-marked" dir="ltr" aria-hidden="true">
      {words.split("\n")[line - 1]}
      {"\n"}
      {" ".repeat(Math.max(0, column - 1))}^
    </pre>
  );
}
