import type { Json } from "../model/json";
import { isLocalised } from "../model/schema";
import { inLanguage, readable, withText } from "../model/texts";
import { useDesk, useLanguages } from "../shell/desk";
import { Frame } from "./Frame";
import { Langs } from "./Langs";
import type { WidgetProps } from "./widget";
import { useWriting } from "./writing";

const LONG = 70;
const LONG_WIDGETS = /^(long|markdown)/;

// One line or several, in one language or in those of the service.
export function TextWidget(given: WidgetProps) {
  const { schema, label, id, path, value } = given;
  const many = isLocalised(schema);
  const help = schema.ui?.help ?? schema.description;
  return (
    <Frame id={id} label={label} help={help} example={schema.ui?.example} path={path} beside={many && <Langs value={value} label={label} path={path} />}>
      {many ? <Localised {...given} /> : <Line {...given} words={typeof value === "number" ? String(value) : ((value as string) ?? "")} />}
    </Frame>
  );
}

function Localised(given: WidgetProps) {
  const { value, onChange, path } = given;
  const { first } = useLanguages();
  const { language } = useWriting();
  const { start } = useDesk();
  const direction = start.registry.languages.find((one) => one.code === language)?.dir;
  return (
    <Line
      {...given}
      words={inLanguage(value, language)}
      language={language}
      direction={direction}
      placeholder={readable(value, first)}
      onWords={(words) => onChange(withText(value, language, words, first), `${path.join("/")} ${language}`)}
    />
  );
}

interface LineProps extends WidgetProps {
  words: string;
  language?: string;
  direction?: "ltr" | "rtl" | undefined;
  placeholder?: string;
  onWords?: (words: string) => void;
}

function Line({ schema, id, described, words, language, direction, placeholder, onWords, onChange, path, required }: LineProps) {
  const write = onWords ?? ((typed: string) => onChange(kept(typed, required), path.join("/")));
  const shared = {
    id,
    className: "cwd-in",
    value: words,
    "aria-describedby": described,
    lang: language,
    dir: direction,
    placeholder: words ? undefined : placeholder,
    onChange: (event: { target: { value: string } }) => write(event.target.value),
  };
  const long = LONG_WIDGETS.test(schema.ui?.widget ?? "") || (placeholder ?? words).length > LONG || words.includes("\n");
  return long ? <textarea rows={3} {...shared} /> : <input type={inputType(schema)} {...shared} />;
}

const kept = (typed: string, required: boolean): Json | undefined => (typed === "" && !required ? undefined : typed);

const INPUTS: Record<string, string> = { date: "date", time: "time" };
const inputType = ({ ui }: { ui?: { widget?: string } }): string => INPUTS[ui?.widget ?? ""] ?? "text";
