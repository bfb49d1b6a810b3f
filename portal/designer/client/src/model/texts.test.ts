import { expect, test } from "vitest";
import { aDesign } from "../testing/invented";
import { put } from "./json";
import { staleIn } from "./texts";

test("a text whose source was changed since is found by keys, wherever it stands now", () => {
  const document = put(aDesign(), ["translations"], { "forms/quest/pages/one/fields/sea/label": { fr: "0123" }, title: { fr: "1", ar: "2" } });
  expect(staleIn(document, ["forms", "quest", "pages", 0, "fields", 1, "label"])).toEqual(["fr"]);
  expect(staleIn(document, ["forms", "quest", "pages", 0, "fields", 0, "label"])).toEqual([]);
  expect(staleIn(document, ["title"])).toEqual(["ar", "fr"]);
});
