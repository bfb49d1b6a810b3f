import { ChevronLeft, ChevronRight, CircleAlert, ClipboardCheck, Dices, Eraser, Eye, Monitor, Smartphone, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { at, text, type Thing, things } from "../model/json";
import { pageOf } from "../model/forms";
import { readable } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { Empty } from "../parts/Empty";
import { Langs } from "../properties/Langs";
import { useWriting } from "../properties/writing";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";
import { outline, type Stand, standAgain, standIn, typedIn } from "./answering";
import { LeftOut } from "./LeftOut";
import { useMade } from "./useMade";

const CHECK = "check";

// The real page that people will see, made by the server from what stands here now and from the answers in it.
export function PreviewFrame({ form }: { form: string }) {
  const { start, store } = useDesk();
  const [phone, setPhone] = useState(false);
  const [errors, setErrors] = useState(false);
  const [checking, setChecking] = useState(false);
  const [sample, setSample] = useState(0);
  const [typed, setTyped] = useState<Thing>({});
  const document = useDesign((state) => state.document);
  const path = useDesign((state) => state.where.path);
  const pages = things(at(document, ["forms", form, "pages"]));
  const index = path ? pageOf(path) : 0;
  const { language } = useWriting();
  const page = checking ? CHECK : text(pages[index]?.key);
  const asked: Thing = { form, page, language, sample, typed };
  const { made, failed } = useMade<{ html: string; way: string[] }>("preview", { ...asked, errors });
  const title = checking ? t("Check your answers") : readable(pages[index]?.title, start.language);
  useEffect(() => setChecking(false), [index]);
  const fill = (number: number): void => {
    setTyped({});
    setSample(number);
  };
  const going = useRef(false);
  const goOn = (): void => {
    going.current = false;
    const way = made?.way ?? [];
    const next = way[way.indexOf(page) + 1];
    const place = pages.findIndex((one) => text(one.key) === next);
    if (place < 0) setChecking(true);
    else store.select(["forms", form, "pages", place]);
  };
  // the way on is known when the server has read what was typed
  useEffect(() => {
    if (going.current) goOn();
  }, [made]);
  const take = (given: Thing, on: boolean): void => {
    if (page === CHECK) return;
    const known = JSON.stringify(given) === JSON.stringify(typed[page]);
    going.current = on && !known;
    if (!known) setTyped({ ...typed, [page]: given });
    else if (on) goOn();
  };
  return (
    <section className="cwd-canvas cwd-canvas--preview" aria-label={t("Preview")} tabIndex={0} data-pane>
      <div className="cwd-sheet__head cwd-sheet__head--preview">
        <b>{checking ? title : t("Page {n}, {title}", { n: index + 1, title })}</b>
        <Langs value={undefined} label={t("Preview")} />
        <span className="cwd-tools-row">
          <Button small icon={phone ? Monitor : Smartphone} aria-pressed={phone} onClick={() => setPhone(!phone)}>
            {phone ? t("Desktop") : t("Phone")}
          </Button>
          <Button small icon={CircleAlert} aria-pressed={errors} onClick={() => setErrors(!errors)}>
            {t("Show errors")}
          </Button>
          <Button small icon={ClipboardCheck} aria-pressed={checking} onClick={() => setChecking(!checking)}>
            {t("Check your answers")}
          </Button>
          <Button small icon={X} onClick={() => store.set({ previewing: false })}>
            {t("Back to editing")}
          </Button>
        </span>
        <Filling sample={sample} empty={!sample && !Object.keys(typed).length} onFill={fill} />
      </div>
      {failed && <p className="cwd-err">{failed}</p>}
      {made ? (
        <Live html={made.html} label={t("Preview of {title}", { title })} phone={phone} onTyped={take} />
      ) : (
        <Empty icon={Eye} title={failed ? t("There is no preview now") : t("The preview is being made")} />
      )}
      <LeftOut asked={asked} />
    </section>
  );
}

// What stands in the form: nothing, what was typed in it, or made-up answers with a number.
function Filling({ sample, empty, onFill }: { sample: number; empty: boolean; onFill: (sample: number) => void }) {
  return (
    <span className="cwd-tools-row cwd-filling" role="group" aria-label={t("Answers in the preview")}>
      {sample ? (
        <>
          <IconButton small icon={ChevronLeft} label={t("The made-up answers before")} disabled={sample < 2} onClick={() => onFill(sample - 1)} />
          <span role="status">{t("Made-up answers {n}", { n: sample })}</span>
          <IconButton small icon={ChevronRight} label={t("The next made-up answers")} onClick={() => onFill(sample + 1)} />
        </>
      ) : (
        <Button small icon={Dices} onClick={() => onFill(1)}>
          {t("Fill in made-up answers")}
        </Button>
      )}
      <Button small icon={Eraser} disabled={empty} onClick={() => onFill(0)}>
        {t("Empty the form")}
      </Button>
    </span>
  );
}

interface LiveProps {
  html: string;
  label: string;
  phone: boolean;
  // what stands in the page, and whether the person goes on
  onTyped: (typed: Thing, on: boolean) => void;
}

// The page can be filled in. It is drawn anew when it asks something else than before, never below the hands of who types.
function Live({ html, label, phone, onTyped }: LiveProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [drawn, setDrawn] = useState(html);
  const mine = useRef(false);
  const stand = useRef<Stand>(undefined);
  const told = useRef(onTyped);
  told.current = onTyped;
  useEffect(() => {
    const typing = mine.current;
    mine.current = false;
    if (typing && outline(html) === outline(drawn)) return;
    stand.current = typing ? standIn(frame.current?.contentDocument) : undefined;
    setDrawn(html);
    // what is drawn counts only when there is another page
  }, [html]);
  const listen = (): void => {
    const page = frame.current?.contentDocument;
    if (!page) return;
    if (stand.current) standAgain(page, stand.current);
    const tell = (pressed?: Element | null): void => {
      mine.current = true;
      told.current(typedIn(page, pressed), pressed?.getAttribute("name") === null);
    };
    page.addEventListener("input", () => tell());
    page.addEventListener("click", (event) => {
      const pressed = (event.target as Element).closest?.("button[type=submit], a[href]");
      if (!pressed || pressed.getAttribute("href")?.startsWith("#")) return;
      event.preventDefault();
      if (pressed.tagName === "BUTTON") tell(pressed);
    });
  };
  return <iframe ref={frame} className={phone ? "cwd-frame cwd-frame--phone" : "cwd-frame"} sandbox="allow-same-origin" srcDoc={drawn} title={label} onLoad={listen} />;
}
