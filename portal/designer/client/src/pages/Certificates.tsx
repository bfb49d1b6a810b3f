import { Award } from "lucide-react";
import { useMemo } from "react";
import { type Json, list, text, type Thing, thing, things } from "../model/json";
import { labelsOf } from "../model/ruleWords";
import { inLanguage, readable } from "../model/texts";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { NamedParts } from "./NamedParts";

export default function Certificates() {
  const { start } = useDesk();
  const words = {
    many: t("Certificates"),
    one: t("Certificate"),
    add: t("Add a certificate"),
    fresh: t("New certificate"),
    teach: t("This service issues no certificate yet. A step of the workflow issues it."),
  };
  return <NamedParts part="certificates" icon={Award} schema={start.registry.certificate_schema} words={words} draw={(value) => <Sheet certificate={value} />} />;
}

// A sketch of the page: which answers stand where. The real one is made when a case is tried.
function Sheet({ certificate }: { certificate: Thing }) {
  const { start, kinds } = useDesk();
  const forms = useDesign((state) => thing(state.document).forms);
  const labels = useMemo(() => labelsOf({ forms: forms ?? {} }, kinds, start.language), [forms, kinds, start.language]);
  const languages = list(certificate.languages).map(String);
  const shown = languages.length ? languages : [start.language];
  return (
    <article className="cwd-certificate" aria-label={t("The certificate, as a sketch")}>
      <p className="cwd-certificate__sample">{t("Sample")}</p>
      <p className="cwd-certificate__office">{start.service.department.name}</p>
      <div className="cwd-certificate__columns">
        {shown.map((language) => (
          <Column key={language} certificate={certificate} language={language} labels={labels} />
        ))}
      </div>
      <p className="cwd-certificate__number">
        <bdi>{text(certificate.prefix)}-2026-000000</bdi>
      </p>
    </article>
  );
}

function Column({ certificate, language, labels }: { certificate: Thing; language: string; labels: ReadonlyMap<string, string> }) {
  const { start } = useDesk();
  const said = (value: Json | undefined): string => inLanguage(value, language) || readable(value, start.language);
  const question = (path: string): string => labels.get(path.split(".")[0] ?? "") ?? path;
  const direction = start.registry.languages.find((one) => one.code === language)?.dir;
  return (
    <div lang={language} dir={direction}>
      <h2>{said(certificate.title) || t("No title yet")}</h2>
      <p className="cwd-certificate__holder">
        <mark>{question(text(certificate.holder))}</mark>
      </p>
      <p>{said(certificate.statement)}</p>
      <dl>
        {things(certificate.rows).map((row, index) => (
          <div key={index}>
            <dt>{said(row.label) || question(text(row.field))}</dt>
            <dd>
              <mark>{question(text(row.field))}</mark>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
