// @vitest-environment jsdom
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { put } from "../model/json";
import { Calls } from "../model/calls";
import { Store } from "../model/store";
import { DeskContext, makeDesk } from "../shell/desk";
import { aDesign, aStart } from "../testing/invented";
import Certificates from "./Certificates";
import Messages from "./Messages";
import Overview from "./Overview";
import Versions from "./Versions";

function drawn(Part: () => React.ReactNode, document = aDesign()): string {
  const start = { ...aStart(document), checklist: [{ key: "words", done: false, sentence: "A text is missing in French", tab: "form", path: ["forms", "quest", "pages", 0] }] };
  const desk = makeDesk(start, new Store(start), new Calls(""));
  return renderToStaticMarkup(
    <DeskContext.Provider value={desk}>
      <Part />
    </DeskContext.Provider>,
  );
}

test("the overview says what is missing, and each line leads somewhere", () => {
  const html = drawn(Overview);
  expect(html).toContain("A text is missing in French");
  expect(html).toContain("0 of 1");
  expect(html).not.toContain("How do you want to begin?");
});

test("a service from nothing is asked how to begin", () => {
  expect(drawn(Overview, { key: "new", languages: ["en"] })).toContain("Add the first question");
});

test("a letter is drawn with what is filled in marked, and never as HTML", () => {
  const document = put(aDesign(), ["messages", "hello"], { subject: { en: "Hello" }, body: { en: "Your number is {reference}.\n\n<script>alert(1)</script>" } });
  const html = drawn(Messages, document as ReturnType<typeof aDesign>);
  expect(html).toContain("<mark>reference</mark>");
  expect(html).toContain("&lt;script&gt;");
  expect(html).not.toContain("<script>");
});

test("a certificate shows which answers stand on it, by their question", () => {
  const document = put(aDesign(), ["certificates", "prize"], { title: { en: "Prize" }, statement: { en: "has won" }, prefix: "PR", languages: ["en"], holder: "sky", rows: [{ field: "sea" }] });
  const html = drawn(Certificates, document as ReturnType<typeof aDesign>);
  expect(html).toContain("<mark>What is sky?</mark>");
  expect(html).toContain("What is sea?");
});

test("who may only ask is offered to ask, not to publish", () => {
  const html = drawn(Versions);
  expect(html).toContain("Ask to publish");
  expect(html).not.toContain("Publish version");
});
