import { expect, test } from "vitest";
import { catalogues, speak, t, tn } from "./words";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!../testing/**"], { query: "?raw", import: "default", eager: true });

// The texts in calls of t("...") and tn(n, "...", "..."); the catalogue knows the latter by the form for several.
function asked(): { plain: Set<string>; counted: Set<string> } {
  const plain = new Set<string>();
  const counted = new Set<string>();
  const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
  const literal = (words: string): string => JSON.parse(`"${words}"`) as string;
  for (const source of Object.values(sources)) {
    for (const [, words] of source.matchAll(new RegExp(`\\bt\\(\\s*${quoted}`, "g"))) plain.add(literal(words ?? ""));
    for (const [, words] of source.matchAll(new RegExp(`\\btn\\([^"]*?${quoted},\\s*"`, "g"))) expect(words).toBeTruthy();
    for (const [, , several] of source.matchAll(new RegExp(`\\btn\\([^"]*?${quoted},\\s*${quoted}`, "g"))) counted.add(literal(several ?? ""));
  }
  return { plain, counted };
}

const gaps = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).sort();

test("the sources are read", () => {
  expect(asked().plain.size).toBeGreaterThan(100);
  expect(asked().counted.size).toBeGreaterThan(3);
});

test("every text is called with its words, never with a value", () => {
  const calls = Object.entries(sources)
    .filter(([file]) => !file.endsWith("/words.ts"))
    .flatMap(([file, source]) => [...source.matchAll(/(?<![\w.])t\((?!\s*")[^)]{0,40}/g)].map(([call]) => `${file}: ${call}`));
  expect(calls).toEqual([]);
});

test.each(Object.keys(catalogues))("every text is translated into %s, and nothing is left over", (language) => {
  const catalogue = catalogues[language] ?? {};
  const { plain, counted } = asked();
  expect([...plain].filter((words) => typeof catalogue[words] !== "string")).toEqual([]);
  expect([...counted].filter((words) => typeof catalogue[words] !== "object")).toEqual([]);
  expect(Object.keys(catalogue).filter((words) => !plain.has(words) && !counted.has(words))).toEqual([]);
});

test.each(Object.keys(catalogues))("translations into %s keep what is filled in, and have every form", (language) => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const [words, said] of Object.entries(catalogues[language] ?? {})) {
    if (typeof said === "string") expect(gaps(said), words).toEqual(gaps(words));
    else {
      const missing = forms.filter((form) => form !== "many" || language === "ar").filter((form) => !said[form]);
      expect(missing, words).toEqual([]);
    }
  }
});

test("a number takes the form of its language", () => {
  speak("ar");
  expect(tn(2, "{n} question", "{n} questions")).toBe("سؤالان");
  speak("fr");
  expect(tn(0, "{n} question", "{n} questions")).toBe("0 question");
  speak("en");
  expect(tn(1, "{n} question", "{n} questions")).toBe("1 question");
  expect(t("Page {n} of {all}", { n: 1, all: 3 })).toBe("Page 1 of 3");
});
