import { Award, FileText, Shuffle } from "lucide-react";
import { useState } from "react";
import { text, thing } from "../model/json";
import { address } from "../model/start";
import { Button } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { Sign } from "../parts/Icon";
import { useMade } from "../preview/useMade";
import { choicesFor } from "../properties/naming";
import { useDesign, useDesk, useLanguages } from "../shell/desk";
import { t } from "../words/words";
import { NamedParts } from "./NamedParts";
import { PartProblems } from "./PartProblems";
import { Placeholders } from "./Placeholders";

const MOST_LANGUAGES = 2;

export default function Certificates() {
  const { start, kinds } = useDesk();
  const words = {
    many: t("Certificates"),
    one: t("Certificate"),
    add: t("Add a certificate"),
    fresh: t("New certificate"),
    teach: t("This service issues no certificate yet. A step of the workflow issues it."),
  };
  const { all } = useLanguages();
  const document = useDesign((state) => state.document);
  const namer = { document, registry: start.registry, kinds, language: start.language };
  const answers = choicesFor("field_path", namer) ?? [];
  const begin = { prefix: text(thing(document).reference_prefix), languages: all.slice(0, MOST_LANGUAGES), holder: answers[0]?.value ?? "" };
  return <NamedParts part="certificates" icon={Award} schema={start.registry.certificate_schema} words={words} begin={begin} draw={(_, key) => <Sheet key={key} name={key} />} beside={<Placeholders offered={answers.map((one) => ({ key: String(one.value), label: one.label }))} />} />;
}

// The page as it would be printed, made by the server from what stands here now and from made-up answers.
function Sheet({ name }: { name: string }) {
  const { start } = useDesk();
  const [sample, setSample] = useState(1);
  const saved = useDesign((state) => state.saving.kind === "saved");
  const { made, failed, old } = useMade<{ pages: string[] }>("certificate", { key: name, sample });
  const pdf = address(start.urls, "certificate_pdf")?.replace("CERTIFICATE", encodeURIComponent(name));
  return (
    <>
      <div className="cwd-sheet__head">
        <span className="cwd-hint">{t("A sample with made-up answers. Nothing is issued.")}</span>
        <span className="cwd-tools-row">
          <Button small icon={Shuffle} onClick={() => setSample(sample + 1)}>
            {t("Other answers")}
          </Button>
          {pdf && saved && (
            <a className="cwd-btn cwd-btn--plain cwd-btn--s" href={pdf} target="_blank" rel="noopener">
              <Sign of={FileText} size={14} />
              {t("Open the PDF")}
            </a>
          )}
        </span>
      </div>
      <PartProblems path={["certificates", name]} />
      {failed && <p className="cwd-err">{failed}</p>}
      {made ? (
        <div className={old ? "cwd-pages cwd-pages--old" : "cwd-pages"} aria-busy={old}>
          {made.pages.map((page, index) => (
            <img key={index} className="cwd-paper" src={page} alt={t("The certificate as it would be printed, page {n} of {all}", { n: index + 1, all: made.pages.length })} />
          ))}
        </div>
      ) : (
        <Empty icon={Award} title={failed ? t("There is no preview now") : t("The preview is being made")} />
      )}
    </>
  );
}
