// The texts of the interface. English stands in the code; French and Arabic are looked up by it.

import arabic from "./ar.json";
import french from "./fr.json";

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, string | Forms>;
export type Values = Record<string, string | number>;

export const catalogues: Record<string, Catalogue> = { fr: french, ar: arabic };

let language = "en";

export function speak(wanted: string): void {
  const short = wanted.split("-")[0] ?? "en";
  language = short in catalogues ? short : "en";
}

const filled = (words: string, values: Values): string =>
  words.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));

export function t(words: string, values: Values = {}): string {
  const found = catalogues[language]?.[words];
  return filled(typeof found === "string" ? found : words, values);
}

// One sentence for one, another for several; Arabic has six forms.
export function tn(n: number, one: string, several: string, values: Values = {}): string {
  const forms = catalogues[language]?.[several];
  const rule = new Intl.PluralRules(language).select(n);
  const found = forms && typeof forms !== "string" ? (forms[rule] ?? forms.other) : undefined;
  return filled(found ?? (n === 1 ? one : several), { n: n.toLocaleString(language), ...values });
}

// Days are written the way of this product: the day before the month, twenty-four hours.
export const spokenDays = (): string => (language === "en" ? "en-GB" : language);

export const clock = (moment: Date): string =>
  moment.toLocaleTimeString(spokenDays(), { hour: "2-digit", minute: "2-digit" });
