// A page of questions while it is filled in: shows the questions that belong to a choice, and keeps what is typed.
// Every judgement is the server's; without this script the buttons of the page do the same.
import { sendFiles } from "./sending.js";

const form = document.querySelector("form[data-keeps-answers]");
const fields = document.getElementById("page-fields");
const REST_MS = 250; // after a choice, before the server is asked
const KEEP_MS = 8_000; // while somebody types
const LEFT_MS = 800; // after a field was left

// --- after a row was added or removed; a browser that goes to a place in the page takes the focus away there
const row = document.querySelector("#page-fields [autofocus]");
if (row) window.addEventListener("load", () => setTimeout(() => row.focus()));

// --- the page reacts to an answer
// What stands in the page is what the person typed last: only questions are exchanged, never their answers.
const typed = new Set(["value", "checked", "selected"]);
const mayChange = (name, element) => !typed.has(name) || element.type === "hidden";

// What a script made of a question stays; only what is said about its inputs is taken from the server.
const about = ["class", "aria-describedby", "aria-invalid"];

function keepEnhanced(old, fresh) {
  if (!old.hasAttribute?.("data-enhanced")) return true;
  for (const input of [old, ...old.querySelectorAll("[id]")]) {
    const same = input.id && (fresh.id === input.id ? fresh : fresh.querySelector?.(`#${CSS.escape(input.id)}`));
    if (!same) continue;
    for (const name of about) same.hasAttribute(name) ? input.setAttribute(name, same.getAttribute(name)) : input.removeAttribute(name);
  }
  return false;
}

if (window.Idiomorph) {
  const { callbacks } = window.Idiomorph.defaults;
  callbacks.beforeAttributeUpdated = mayChange;
  // what a script has put into the page, or made of a question, is its own
  callbacks.beforeNodeRemoved = (node) => !node.hasAttribute?.("data-made-here");
  callbacks.beforeNodeMorphed = keepEnhanced;
}

// A question with several inputs is judged when it is left, not while its next input is filled in.
const TYPED_IN = "input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select";

function questionOf(input) {
  const frame = input.closest(".cw-row, .cw-cell, .cw-nested, .cw-fields");
  let question = input;
  for (let up = input.parentElement; up && up !== frame; up = up.parentElement) if (up.matches(".govuk-form-group")) question = up;
  return question;
}

if (fields?.dataset.reactsTo) {
  const awaited = fields.dataset.reactsTo.split(" ");
  const keyOf = (name) => awaited.find((key) => name === key || name.startsWith(`${key}-`));
  const changedKey = Object.assign(document.createElement("input"), { type: "hidden", name: "page-changed" });
  form.append(changedKey);
  let rest = 0, left = null, pressed = false, was_in_summary = false;
  // nothing moves below a finger that is pressing a button
  const soon = () => {
    clearTimeout(rest);
    rest = setTimeout(() => (pressed ? soon() : window.htmx?.trigger(fields, "react")), REST_MS);
  };
  const react = (input) => {
    left = null;
    changedKey.value = keyOf(input.name) || "";
    soon();
  };
  document.addEventListener("pointerdown", () => { pressed = true; });
  for (const done of ["pointerup", "pointercancel"]) document.addEventListener(done, () => { pressed = false; });
  const goesOnIn = (input, next) => next && next !== input && next.matches(TYPED_IN) && questionOf(next) === questionOf(input);
  form.addEventListener("change", ({ target }) => {
    if (target.type === "file" || !keyOf(target.name || "")) return;
    // a text is changed when it is left: where to is known a moment later
    setTimeout(() => { if (goesOnIn(target, document.activeElement)) left = target; else react(target); });
  });
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (left && !goesOnIn(target, relatedTarget) && questionOf(target) === questionOf(left)) react(left);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    was_in_summary = Boolean(document.activeElement?.closest("#page-summary"));
    if (!pressed) return;
    event.detail.shouldSwap = false;
    soon();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!was_in_summary || document.activeElement !== document.body) return;
    const there = document.querySelector("#page-summary .govuk-error-summary") || document.querySelector("main h1");
    if (there) { there.tabIndex = -1; there.focus(); }
  });
}

// --- what is typed is kept
const saved = document.getElementById("page-saved");
const files = () => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
let changed = false, stopped = false, timer = 0, under_way = null;

function later(wait) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(keep, wait);
}

async function keep({ leaving = false } = {}) {
  if (!changed || stopped || under_way) return;
  changed = false;
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  body.set("page-typed", "yes");
  under_way = new AbortController();
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: leaving, signal: under_way.signal });
    // an answer that breaks off half-way says no revision: the page keeps the one that it has
    if (answer.ok || answer.status === 409) said(answer.ok, await answer.json());
    else changed = true; // signed out, or the server is away: Continue says so, nothing typed is lost
  } catch { changed = true; } finally { under_way = null; }
}

function said(is_kept, found) {
  if (found.said) saved.textContent = found.said;
  if (found.lang) Object.assign(saved, { lang: found.lang, dir: found.dir });
  if (!is_kept) { stopped = true; return; }
  form.elements["page-revision"].value = found.revision;
  if (!changed && !files()) form.dispatchEvent(new Event("kept"));
}

if (form && saved) {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const mine = Object.assign(document.createElement("input"), { type: "hidden", name: "page-window" });
  mine.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  form.append(mine);
  form.addEventListener("input", () => { if (!changed) later(KEEP_MS); changed = true; });
  form.addEventListener("change", () => { changed = true; later(LEFT_MS); });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); under_way?.abort(); });
  window.addEventListener("pageshow", () => { stopped = false; });
  const words = document.getElementById("page-sending");
  const rest = () => { stopped = true; clearTimeout(timer); under_way?.abort(); };
  const go_on = () => { stopped = false; if (changed) later(LEFT_MS); };
  if (words && fields) sendFiles(form, fields, words, { rest, go_on });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep({ leaving: true }); });
}
