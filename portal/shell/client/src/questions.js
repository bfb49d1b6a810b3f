// What questions can do with a script: count what is typed, narrow linked lists, keep "none of these" alone, offer
// choices, take a drawing. Without it every one of them works by its form.
import { offer } from "./suggest.js";
import { draw } from "./sign.js";

const SAY_MS = 1_000; // after the last key, before a screen reader is told

const amount = { words: (text) => text.split(/\s+/).filter(Boolean).length, characters: (text) => [...text].length };

function count(line) {
  const area = document.getElementById(line.dataset.countFor);
  if (!area) return;
  const { count: unit, countLimit, countLeft, countOver } = line.dataset;
  const spoken = document.createElement("p");
  Object.assign(spoken, { className: "govuk-visually-hidden" });
  spoken.setAttribute("role", "status");
  spoken.dataset.madeHere = "";
  line.after(spoken);
  let rest = 0;
  const say = () => {
    // a line break is two characters on its way and one where it is kept
    const left = Number(countLimit) - amount[unit](area.value.replace(/\r\n/g, "\n").trim());
    line.textContent = (left < 0 ? countOver : countLeft).replace(/\{(left|over)\}/, Math.abs(left).toLocaleString(document.documentElement.lang));
    line.classList.toggle("cw-count--over", left < 0);
  };
  area.addEventListener("input", () => {
    say();
    clearTimeout(rest);
    rest = setTimeout(() => { spoken.textContent = line.textContent; }, SAY_MS);
  });
  say();
}

function narrow(question) {
  const lists = [...question.querySelectorAll("select")];
  const settle = () => lists.slice(1).forEach((list, depth) => {
    const above = lists[depth].value;
    let open = 0;
    for (const group of list.querySelectorAll("optgroup")) {
      const fits = above !== "" && group.dataset.belongsTo === above;
      group.hidden = group.disabled = !fits;
      if (fits) open += group.children.length;
    }
    if (list.selectedOptions[0]?.closest("optgroup")?.hidden) list.value = "";
    list.closest(".govuk-form-group").hidden = above !== "" && !open;
  });
  question.addEventListener("change", settle);
  settle();
}

function keepAlone(box) {
  const others = () => [...box.form.querySelectorAll("input[type=checkbox]")].filter((other) => other.name === box.name);
  box.form?.addEventListener("change", (event) => {
    if (event.target.name !== box.name || !event.target.checked) return;
    for (const other of others()) if (event.target === box ? other !== box : other === box) other.checked = false;
  });
}

const comforts = [["[data-count-for]", count], ["[data-linked]", narrow], ["input[data-alone]", keepAlone], ["[data-suggest-field]", offer], ["[data-sign]", draw]];

function enhance() {
  for (const [selector, comfort] of comforts) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.dataset.enhanced !== undefined) continue;
      element.dataset.enhanced = "";
      comfort(element);
    }
  }
}

enhance();
document.addEventListener("htmx:afterSettle", enhance);
