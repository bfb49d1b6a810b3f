// Keys and small comforts of the workbench, on top of pages that work without any of this.

const SWITCH = "caseway-single-keys";
const remembered = () => { try { return localStorage.getItem(SWITCH); } catch { return null; } };
const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

// --- the rows of a queue
const list = document.querySelector("[data-rows]");
const rows = list ? [...list.querySelectorAll("tbody tr")] : [];
const boxOf = (row) => row?.querySelector("input[type=checkbox]:not(:disabled)");
let cursor = -1;
let lastPicked = -1;

function moveTo(index) {
  cursor = Math.max(0, Math.min(rows.length - 1, index));
  for (const row of rows) row.classList.remove("is-cursor");
  rows[cursor].classList.add("is-cursor");
  rows[cursor].querySelector("a.ref").focus();
}

function pick() {
  const box = boxOf(rows[cursor]);
  if (!box) return;
  box.checked = !box.checked;
  lastPicked = cursor;
  said();
}

function pickRange() {
  if (cursor < 0) return;
  const from = lastPicked < 0 ? cursor : lastPicked;
  for (const row of rows.slice(Math.min(from, cursor), Math.max(from, cursor) + 1)) {
    const box = boxOf(row);
    if (box) box.checked = true;
  }
  lastPicked = cursor;
  said();
}

function said() {
  const bar = list?.querySelector("[data-selected]");
  if (!bar) return;
  const count = list.querySelectorAll("tbody input:checked").length;
  bar.textContent = bar.dataset.sentence.replace("{number}", count);
  list.querySelector("[data-count-said]").textContent = bar.textContent;
}

if (list) {
  const all = list.querySelector("[data-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => { for (const row of rows) if (boxOf(row)) boxOf(row).checked = all.checked; });
  }
  list.addEventListener("change", said);
  list.addEventListener("reset", () => setTimeout(said));
  for (const row of rows) row.addEventListener("focusin", () => { cursor = rows.indexOf(row); });
  said();
}

const queueKeys = { j: () => moveTo(cursor + 1), k: () => moveTo(cursor - 1), x: pick, X: pickRange };

// --- what names its key: a link or button is pressed, a menu opens, a field gets the focus
function named(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((found) => found.checkVisibility());
  if (!target) return false;
  if (target.matches("summary")) {
    target.parentElement.open = !target.parentElement.open;
    target.focus();
  } else if (target.matches("select, input, textarea")) target.focus();
  else if (target.dataset.confirm) sure(target);
  else target.click();
  return true;
}

// A key never decides at once: it asks first. The button itself needs no second press.
function sure(button) {
  const dialog = document.getElementById(button.dataset.confirm);
  const title = dialog.querySelector("[data-question]");
  const label = button.firstChild.textContent.trim();
  title.textContent = title.dataset.question.replace("{label}", label);
  dialog.querySelector("[data-yes]").textContent = label;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") button.click(); }, { once: true });
  dialog.showModal();
}

function escape() {
  const open = document.querySelectorAll("details.menu[open], details.person[open]");
  for (const menu of open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (!open.length && list?.querySelector("tbody input:checked")) list.reset();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return escape();
  if (typing(event.target) || remembered() === "off") return;
  let done = true;
  if (event.key === "/") document.getElementById("find")?.focus();
  else if (event.key === "?") document.getElementById("case-keys")?.showModal();
  else if (rows.length && queueKeys[event.key]) queueKeys[event.key]();
  else done = named(event.key.toLowerCase());
  if (done) event.preventDefault();
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = remembered() !== "off";
  box.addEventListener("change", () => { try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* this browser keeps nothing */ } });
}

// --- a picture that is larger than its frame begins at where the case is
for (const now of document.querySelectorAll(".canvas .is-open, .stages .is-now")) {
  const frame = now.closest(".canvas, .stages"), [step, seen] = [now, frame].map((part) => part.getBoundingClientRect());
  frame.scrollBy(step.left - seen.left - (seen.width - step.width) / 2, step.top - seen.top - (seen.height - step.height) / 2);
}

// --- one menu at a time; a click elsewhere closes it
const menus = document.querySelectorAll("details.menu, details.person");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});

// --- a download leaves the page where it is, so its button stays usable
for (const form of document.querySelectorAll("form[data-stays]")) {
  form.addEventListener("submit", () => setTimeout(() => { delete form.dataset.sent; }, 1500));
}

// --- a hidden answer is shown in its place, so that nothing typed below is lost
for (const form of document.querySelectorAll("form[data-reveal]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok || answer.redirected) return form.submit();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const shown = page.getElementById(form.dataset.reveal);
      document.getElementById(form.dataset.reveal).replaceWith(shown);
      shown.tabIndex = -1;
      shown.focus();
    } catch { form.submit(); }
  });
}
