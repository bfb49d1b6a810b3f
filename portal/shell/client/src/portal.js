// Small comforts on top of pages that work without any of this.

// Brings the list of problems to a person who uses a keyboard or a screen reader.
const summary = document.querySelector(".govuk-error-summary");
if (summary) summary.focus();

// Says that typed answers are not kept yet when a person leaves the page by another way than its buttons.
const asked = document.querySelector("form[data-keeps-answers]");
if (asked) {
  let changed = false;
  asked.addEventListener("input", () => { changed = true; });
  for (const done of ["submit", "kept"]) asked.addEventListener(done, () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// Counts the characters that are left; the sentence comes from the server in the language of the page.
for (const area of document.querySelectorAll("[data-count-sentence]")) {
  const limit = Number(area.getAttribute("maxlength") || area.dataset.countLimit);
  const said = document.createElement("p");
  said.className = "govuk-hint cw-count";
  said.setAttribute("role", "status");
  area.after(said);
  const say = () => { said.textContent = area.dataset.countSentence.replace("{left}", String(limit - area.value.length)); };
  area.addEventListener("input", say);
  say();
}

// A second press while the first is under way does nothing.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
