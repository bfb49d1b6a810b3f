// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aDesign, aStart } from "../testing/invented";
import { Calls } from "./calls";
import { at, type Json, type Path, put, type Thing, things } from "./json";
import { Saver, type Shelf } from "./saving";
import { Store } from "./store";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

// A shelf and a server that can be read here: what was sent, and what is answered next.
function aShelf(): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value), removeItem: (name) => void kept.delete(name) };
}

type Reply = (sent: Thing) => { status: number; body?: Json; html?: boolean } | "offline";

function aServer(reply: Reply): { calls: Calls; sent: Thing[] } {
  const sent: Thing[] = [];
  const calls = new Calls("token", (_, init) => {
    const given = JSON.parse(String(init?.body)) as Thing;
    sent.push(given);
    const answer = reply(given);
    if (answer === "offline") return Promise.reject(new TypeError("offline"));
    const type = answer.html ? "text/html" : "application/json";
    return Promise.resolve(new Response(answer.html ? "<html>" : JSON.stringify(answer.body), { status: answer.status, headers: { "Content-Type": type } }));
  });
  return { calls, sent };
}

const saves: Reply = (sent) => ({ status: 200, body: { revision: "2", document: sent.document ?? null, problems: [], checklist: [] } });
const title = (words: string): Json => put(aDesign(), ["title", "en"], words);

function open(reply: Reply, shelf = aShelf()): { store: Store; saver: Saver; sent: Thing[]; shelf: ReturnType<typeof aShelf> } {
  const store = new Store(aStart());
  const { calls, sent } = aServer(reply);
  return { store, saver: new Saver(store, calls, "/save", shelf), sent, shelf };
}

test("a change is saved by itself, on the revision that it was made from", async () => {
  const { store, sent, shelf } = open(saves);
  store.change(title("New"));
  expect(store.state.saving.kind).toBe("waiting");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent.map((one) => one.base)).toEqual(["1"]);
  expect(store.state.revision).toBe("2");
  expect(store.state.saving.kind).toBe("saved");
  expect(shelf.kept.size).toBe(0);
});

test("without a connection the change is kept and sent when there is one again", async () => {
  let connected = false;
  const { store, sent, shelf } = open((given) => (connected ? saves(given) : "offline"));
  store.change(title("New"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.state.saving.kind).toBe("offline");
  expect(shelf.kept.size).toBe(1);
  connected = true;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(store.state.saving.kind).toBe("saved");
  expect(sent.length).toBeGreaterThan(1);
});

test("what an earlier visit could not send comes back, beside what others saved since", () => {
  const first = open(() => "offline");
  first.store.change(title("Mine"));
  first.saver.close();
  const store = new Store(aStart(put(aDesign(), ["summary"], { en: "Theirs" })));
  const saver = new Saver(store, aServer(saves).calls, "/save", first.shelf);
  expect(saver.restore()).toBeTruthy();
  expect(at(store.state.document, ["title", "en"])).toBe("Mine");
  expect(at(store.state.document, ["summary", "en"])).toBe("Theirs");
  store.undo();
  expect(at(store.state.document, ["title", "en"])).toBe("Solve riddles");
});

test.each([
  ["401", (): ReturnType<Reply> => ({ status: 401, body: {} })],
  ["a page to sign in", (): ReturnType<Reply> => ({ status: 200, html: true })],
])("an expired session (%s) loses nothing", async (_, reply) => {
  const { store, shelf } = open(reply);
  store.change(title("New"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.state.saving.kind).toBe("signed_out");
  expect(shelf.kept.size).toBe(1);
});

test("a refusal is told in the server's words", async () => {
  const { store } = open(() => ({ status: 422, body: { error: { sentence: "This is too large.", code: "large" } } }));
  store.change(title("New"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.state.saving).toEqual({ kind: "refused", sentence: "This is too large." });
});

test("in a conflict both versions are shown, and what is chosen is saved on the newest revision", async () => {
  const clash = { path: ["title", "en"], base: "Solve riddles", theirs: "Theirs", mine: "Mine", by: "Ines" };
  let answer: Reply = () => ({ status: 409, body: { revision: "5", document: title("Theirs"), conflicts: [clash] } });
  const { store, saver, sent } = open((given) => answer(given));
  store.change(title("Mine"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.state.saving.kind).toBe("clashing");
  expect(saver.clashes).toEqual([clash]);
  answer = saves;
  saver.settle(["mine"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent.at(-1)?.base).toBe("5");
  expect(at(sent.at(-1)?.document, ["title", "en"])).toBe("Mine");
});

test("an order that both changed is settled by the keys, and loses nothing", async () => {
  const place: Path = ["forms", "quest", "pages", 0, "fields"];
  const clash = { path: [...place], base: ["sky", "sea"], theirs: ["sky", "sea"], mine: ["sea", "sky"] };
  let answer: Reply = () => ({ status: 409, body: { revision: "5", document: title("Theirs"), conflicts: [clash] } });
  const { store, saver, sent } = open((given) => answer(given));
  store.change(title("Mine"));
  await vi.advanceTimersByTimeAsync(2_000);
  answer = saves;
  saver.settle(["mine"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(things(at(sent.at(-1)?.document, place)).map((field) => field.key)).toEqual(["sea", "sky"]);
});

test("it is said when changes of others came in", async () => {
  const { store } = open((sent) => ({ status: 200, body: { revision: "2", document: put(sent.document ?? null, ["summary"], "Theirs"), merged: [["summary"]] } }));
  store.change(title("Mine"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.state.saving).toMatchObject({ kind: "saved", others: true });
  expect(at(store.state.document, ["summary"])).toBe("Theirs");
});

test("what is typed while saving is kept and saved after", async () => {
  const { store, sent } = open(saves);
  store.change(title("One"));
  await vi.advanceTimersByTimeAsync(1_200);
  store.change(put(store.state.document, ["title", "en"], "Two"));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(at(sent.at(-1)?.document, ["title", "en"])).toBe("Two");
  expect(store.state.saving.kind).toBe("saved");
});
