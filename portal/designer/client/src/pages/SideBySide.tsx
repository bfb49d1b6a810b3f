import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { type Json, text, type Thing, thing } from "../model/json";
import { readable } from "../model/texts";
import { IconButton } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { KindIcon } from "../parts/Icon";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { changedPages, type PagePair, type Row } from "./sideBySide";
import { type Marks, SIGNS } from "./signs";

interface SideBySideProps {
  before: Json | undefined;
  after: Json | undefined;
  marks: Marks;
  names: { before: string; after: string };
}

// One changed page after the other: as it is live, and as it would be.
export function SideBySide({ before, after, marks, names }: SideBySideProps) {
  const { start } = useDesk();
  const pages = useMemo(() => changedPages(thing(before).forms, thing(after).forms, marks), [before, after, marks]);
  const [chosen, choose] = useState(0);
  const index = Math.min(chosen, pages.length - 1);
  const page = pages[index];
  if (!page) return null;
  const title = readable(page.after?.title ?? page.before?.title, start.language) || page.key;
  return (
    <section className="cwd-card" aria-labelledby="cwd-beside">
      <header className="cwd-card__head">
        <h2 id="cwd-beside">{t("{page}, side by side", { page: title })}</h2>
        <span className="cwd-tools-row">
          <IconButton small turns icon={ChevronLeft} label={t("Page before")} disabled={index === 0} onClick={() => choose(index - 1)} />
          <span className="cwd-hint" role="status">
            {t("{n} of {all} changed pages", { n: index + 1, all: pages.length })}
          </span>
          <IconButton small turns icon={ChevronRight} label={t("Next page")} disabled={index === pages.length - 1} onClick={() => choose(index + 1)} />
        </span>
      </header>
      <div className="cwd-beside" tabIndex={0} role="group" aria-label={t("{page}, side by side", { page: title })}>
        <Table page={page} names={names} />
      </div>
    </section>
  );
}

function Table({ page, names }: { page: PagePair; names: SideBySideProps["names"] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{names.before}</th>
          <th scope="col">{names.after}</th>
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row) => (
          <tr key={row.key}>
            <td>
              <Question field={row.before} row={row} old />
            </td>
            <td>
              <Question field={row.after} row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Question({ field, row, old = false }: { field: Thing | undefined; row: Row; old?: boolean }) {
  const { kinds, start } = useDesk();
  if (!field) return <p className="cwd-beside__none">{row.mark === "moved" ? t("On another page") : old ? t("Not asked") : t("Not asked any more")}</p>;
  const kind = kinds.get(text(field.type));
  const sign = row.mark && (old ? row.mark === "removed" || row.mark === "changed" : row.mark !== "removed") ? SIGNS[row.mark] : undefined;
  return (
    <div className={sign ? `cwd-beside__question cwd-beside__question--${sign.tone}` : "cwd-beside__question"}>
      <KindIcon svg={kind?.icon_svg} />
      <span>
        <bdi>{readable(field.label, start.language) || kind?.label || row.key}</bdi>
        {readable(field.hint, start.language) && <span className="cwd-hint">{readable(field.hint, start.language)}</span>}
        {text(field.show_when) && <code dir="ltr">{text(field.show_when)}</code>}
      </span>
      {sign && (
        <Chip tone={sign.tone} icon={sign.icon}>
          {sign.word()}
        </Chip>
      )}
    </div>
  );
}
