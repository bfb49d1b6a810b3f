// A file is sent as soon as it is chosen, and the page says how far it is. Without this script it goes with Continue.

const STEP = 25; // per cent, between what a screen reader is told

// `page.rest` stops what else the page sends and says when it may begin; `page.go_on` lets it go on.
export function sendFiles(form, fields, words, page) {
  let request = null, waits = null, box = null, told = 0;
  const fill = (text, name, percent) => text.replace("{name}", name).replace("{percent}", String(percent));
  const part = (kind) => box.querySelector(kind);

  function show(input, name) {
    box = words.content.firstElementChild.cloneNode(true);
    box.dataset.madeHere = "";
    part("button").addEventListener("click", () => { waits = null; request?.abort(); });
    input.after(box);
    told = 0;
    say(name, 0);
  }

  function say(name, percent) {
    const { sending, checking } = words.dataset;
    part("progress").value = percent;
    part("p").textContent = fill(percent < 100 ? sending : checking, name, percent);
    if (percent && percent < told + STEP) return;
    told = percent;
    part("[role=status]").textContent = part("p").textContent;
  }

  function ended(said, focused) {
    box.remove();
    request = null;
    page.go_on();
    if (said) document.getElementById("page-said").textContent = said;
    if (focused) focused.focus();
  }

  function complaint(text) {
    const line = Object.assign(document.createElement("p"), { className: "govuk-error-message", textContent: text });
    line.dataset.madeHere = "";
    line.dataset.notSent = "";
    return line;
  }

  function clear(input) {
    for (const line of input.parentElement.querySelectorAll("[data-not-sent]")) line.remove();
  }

  // A file over the limit costs nobody the time of sending it.
  function isTooLarge(input) {
    const large = [...input.files].find((file) => file.size > Number(input.dataset.limit || Infinity));
    if (!large) return false;
    const line = complaint(words.dataset.tooLarge.replace("{name}", large.name).replace("{size}", input.dataset.limitText));
    clear(input);
    input.before(line);
    input.value = "";
    document.getElementById("page-said").textContent = line.textContent;
    return true;
  }

  function failed(input, name) {
    const line = complaint(fill(words.dataset.failed, name, 0));
    const was_stop = document.activeElement === part("button");
    box.replaceWith(line);
    ended(line.textContent, was_stop && input);
    waits = null; // a person decides what to do about a file that was not sent
  }

  function arrived(input, name) {
    if (request.status !== 200 || !request.responseText) { failed(input, name); return; }
    const was_stop = document.activeElement === part("button"), html = request.responseText;
    input.value = "";
    ended("", null);
    window.htmx.swap(fields, html, { swapStyle: "morph:innerHTML", swapDelay: 0, settleDelay: 0 });
    form.dispatchEvent(new Event("kept"));
    if (was_stop) document.getElementById(input.id)?.focus();
    const pressed = waits;
    waits = null;
    if (pressed) form.requestSubmit(pressed);
  }

  async function send(input) {
    const name = [...input.files].map((file) => file.name).join(", ");
    clear(input);
    show(input, name);
    const mine = request = new XMLHttpRequest();
    await page.rest();
    const body = new FormData(form);
    for (const other of form.querySelectorAll("input[type=file]")) if (other !== input) body.delete(other.name);
    body.set("page-file", input.name);
    body.set("page-changed", input.name.split("-")[0]);
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", ({ loaded, total }) => { if (mine === request && total) say(name, Math.floor((loaded / total) * 100)); });
    request.addEventListener("load", () => arrived(input, name));
    request.addEventListener("error", () => failed(input, name));
    request.addEventListener("abort", () => { input.value = ""; ended(fill(words.dataset.stopped, name, 0), input); });
    request.send(body);
  }

  form.dataset.sends = "";
  form.addEventListener("change", ({ target }) => { if (target.type === "file" && target.files.length && !request && !isTooLarge(target)) send(target); });
  // Continue waits for a file that is under way
  form.addEventListener("submit", (event) => {
    if (!request) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waits = event.submitter || form.querySelector("button.govuk-button");
    delete form.dataset.sent;
    box.scrollIntoView({ block: "nearest" });
  }, { capture: true });
}
