// @vitest-environment jsdom
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { put } from "../model/json";
import { Calls } from "../model/calls";
import type { Problem, Start } from "../model/start";
import { Store } from "../model/store";
import { DeskContext, makeDesk } from "../shell/desk";
import { aDesign, aStart } from "../testing/invented";
import Certificates from "./Certificates";
import Messages from "./Messages";
import Overview from "./Overview";
import People from "./People";
import { Publishing } from "./Publishing";
import Versions from "./Versions";
import type { VersionsAnswer } from "./versionsAnswer";

function drawn(Part: () => React.ReactNode, document = aDesign(), problems: Problem[] = []): string {
  const start: Start = { ...aStart(document), problems, checklist: [{ key: "words", done: false, sentence: "A text is missing in French", tab: "form", path: ["forms", "quest", "pages", 0] }] };
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

test("what a letter and a certificate look like is asked of the server, and until then nothing pretends", () => {
  let document = put(aDesign(), ["messages", "hello"], { subject: { en: "Hello" }, body: { en: "<script>alert(1)</script>" } });
  document = put(document, ["certificates", "prize"], { title: { en: "Prize" }, prefix: "PR", languages: ["en"], holder: "sky" });
  for (const Part of [Messages, Certificates]) {
    const html = drawn(Part, document as ReturnType<typeof aDesign>);
    expect(html).toContain("The preview is being made");
    expect(html).not.toContain("<script>");
  }
});

test("what is wrong with a certificate stands beside it, and leads to its place", () => {
  const document = put(aDesign(), ["certificates", "prize"], { title: { en: "Prize" }, prefix: "PR", languages: ["en"], holder: "sky" });
  const html = drawn(Certificates, document as ReturnType<typeof aDesign>, [{ path: ["certificates", "prize", "title"], sentence: "The title is too short", severity: "mend" }]);
  expect(html).toContain("cwd-part-problem--mend");
  expect(html).toContain('data-path="certificates/prize/title"');
});

test("who may only ask is offered to ask, not to publish", () => {
  const html = drawn(Versions);
  expect(html).toContain("Ask to publish");
  expect(html).not.toContain("Publish version");
});

test("approvals, a refusal, void answers and open cases of older versions are told beside the buttons", () => {
  const approvals = { needed: 2, given: 1, enough: false, void: 3, may_vote: true, votes: [{ by: "Ida", at: "2026-01-01T10:00:00Z", approved: false, reason: "<b>Too dear</b>" }] };
  const moving = { live: 2, href: "/moves/", lines: [{ version: 1, cases: 4, href: "/moves/7/", counted: { safe: 2, needs: 1, blocked: 1 } }] };
  const answer: VersionsAnswer = { approvals, moving, asked: { by: "Dora", at: null } };
  const effects = { known: true, cases: [{ sentences: ["3 open cases of version 1."], reasons: [{ sentence: "“Tax <b>” must be answered", count: 2 }] }], drafts: [] };
  const html = drawn(() => <Publishing answer={answer} effects={effects} onDone={() => Promise.resolve()} />);
  expect(html).toContain("If open cases are moved to it");
  expect(html).toContain("“Tax &lt;b&gt;” must be answered");
  expect(html).toContain("2 cases");
  expect(html).not.toContain("Applications that are not sent yet");
  expect(html).toContain("Approvals: 1 of 2");
  expect(html).toContain("&lt;b&gt;Too dear&lt;/b&gt;");
  expect(html).toContain("3 answers were given before the last change");
  expect(html).toContain("Safe to move: 2. Needs an answer: 1. Blocked: 1.");
  expect(html).toContain('href="/moves/7/"');
  expect(drawn(() => <Publishing answer={{ ...answer, approvals: { ...approvals, may_vote: false } }} onDone={() => Promise.resolve()} />)).not.toContain("Approve</button>");
});

test("people are shown by role, with who changes and publishes, and nobody is sent where they may not go", () => {
  const document = put(aDesign(), ["roles", "seer"], { title: { en: "<b>Seer</b>" } }) as ReturnType<typeof aDesign>;
  const html = drawn(People, document);
  expect(html).toContain("&lt;b&gt;Seer&lt;/b&gt;");
  expect(html).toContain("made by this service");
  expect(html).toContain("No step of this service names it.");
  expect(html).toContain("An administrator of the department gives and takes roles.");
  expect(html).not.toContain("Give and take roles</a>");
});
