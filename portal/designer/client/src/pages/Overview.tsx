import { ArrowRight, CircleCheck, CircleDashed } from "lucide-react";
import { at, type Json, thing } from "../model/json";
import { selectable } from "../model/problems";
import { type CheckItem, address } from "../model/start";
import { Button } from "../parts/Button";
import { Sign } from "../parts/Icon";
import { Pane } from "../parts/Pane";
import { Properties } from "../properties/Property";
import { useDesign, useDesk } from "../shell/desk";
import { tabsOf } from "../shell/tabs";
import { t } from "../words/words";

// What is missing before the service can be published, each line a link; beside it what holds for the whole service.
export default function Overview() {
  const { start, open } = useDesk();
  const checklist = useDesign((state) => state.checklist);
  const done = checklist.filter((item) => item.done).length;
  return (
    <div className="cwd-panes cwd-panes--two">
      <Pane label={t("Overview")}>
        <div className="cwd-sheet">
          <Beginnings />
          <section className="cwd-card" aria-labelledby="cwd-missing">
            <header className="cwd-card__head">
              <h2 id="cwd-missing">{done === checklist.length ? t("Everything is there") : t("What is missing to publish")}</h2>
              <span className="cwd-count">{t("{n} of {all}", { n: done, all: checklist.length })}</span>
            </header>
            <ul className="cwd-checklist">
              {checklist.map((item) => (
                <CheckLine key={item.key} item={item} />
              ))}
            </ul>
            {!checklist.length && <p className="cwd-hint cwd-card__in">{t("The server has not looked at this service yet. Change something, and it will.")}</p>}
          </section>
        </div>
      </Pane>
      <Pane side="end" label={t("The whole service")}>
        <div className="cwd-head">
          <h2>{t("The whole service")}</h2>
        </div>
        <fieldset className="cwd-props" disabled={!open}>
          <div className="cwd-props__in" data-rename>
            <Properties schema={start.registry.package_schema} path={[]} only={(_, schema) => schema.ui?.widget !== "key" && schema.const === undefined} />
          </div>
        </fieldset>
      </Pane>
    </div>
  );
}

function CheckLine({ item }: { item: CheckItem }) {
  const { store, start } = useDesk();
  const document = useDesign((state) => state.document);
  const link = tabsOf(start).find((tab) => tab.key === item.tab)?.href;
  const go = (): void => store.open(item.tab, item.path?.length ? selectable(document, item.path) : null, item.path ?? undefined);
  const inside = (
    <>
      <Sign of={item.done ? CircleCheck : CircleDashed} size={18} />
      <span>
        {item.sentence}
        <span className="cwd-vh">{item.done ? t("done") : t("missing")}</span>
      </span>
      <Sign of={ArrowRight} size={15} turns />
    </>
  );
  const classes = item.done ? "cwd-checkline cwd-checkline--done" : "cwd-checkline";
  return (
    <li>
      {link ? (
        <a className={classes} href={link}>
          {inside}
        </a>
      ) : (
        <button type="button" className={classes} onClick={go}>
          {inside}
        </button>
      )}
    </li>
  );
}

// A service from nothing can begin with a complete example, or with the first question.
function Beginnings() {
  const { start, store, open } = useDesk();
  const document = useDesign((state) => state.document);
  const empty = !Object.keys(thing(at(document, ["forms"]))).length && !at(document, ["workflow", "nodes", 0]);
  if (!empty || !open) return null;
  const examples = start.registry.templates.filter((template) => template.document);
  const begin = (example: Json | undefined): void => {
    const kept = thing(document);
    // the name in the address and the words that were written stay
    store.change({ ...thing(example), ...kept }, null);
  };
  return (
    <section className="cwd-card" aria-labelledby="cwd-begin">
      <header className="cwd-card__head">
        <h2 id="cwd-begin">{t("How do you want to begin?")}</h2>
      </header>
      <div className="cwd-card__in cwd-begin">
        <p>{t("A service is a form that people fill in, and a workflow that says what happens then. Both can be changed at any time.")}</p>
        <div className="cwd-row">
          <Button look="primary" onClick={() => store.open("form")}>
            {t("Add the first question")}
          </Button>
          <Button onClick={() => store.open("workflow")}>{t("Start with the workflow")}</Button>
          {address(start.urls, "import") && (
            <a className="cwd-btn cwd-btn--plain" href={address(start.urls, "import")}>
              {t("Import")}
            </a>
          )}
        </div>
        {examples.length > 0 && (
          <ul className="cwd-patterns">
            {examples.map((example) => (
              <li key={example.key}>
                <Button onClick={() => begin(example.document)}>{example.label}</Button>
                {example.help && <span className="cwd-hint">{example.help}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
