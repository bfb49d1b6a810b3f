// A text input that offers choices: the combobox pattern of the ARIA practices, with the list below the input.
// Our own, because libraries replace the input, and with it the ties to its hint and its error.

const REST_MS = 200;

export function offer(box) {
  const input = box.querySelector("input");
  const form = input.form, address = form?.dataset.suggestions;
  if (!address) return;
  const list = document.createElement("ul"), said = document.createElement("p");
  list.id = `${input.id}-list`;
  list.className = "cw-suggest__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent || "");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  list.dataset.madeHere = said.dataset.madeHere = "";
  box.append(list, said);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);

  let rest = 0, asked = null, at = -1;
  const options = () => [...list.children];
  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const move = (to) => {
    at = (to + options().length) % options().length;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    input.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    input.value = option.textContent;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ label }, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = label;
      return option;
    }));
    at = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length ? box.dataset.found.replace("{number}", found.length) : box.dataset.none;
  };
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams({ field: box.dataset.suggestField, text: input.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    try {
      const answer = await fetch(address, { method: "POST", body, redirect: "manual", signal: asked.signal });
      if (answer.ok) show((await answer.json()).found);
    } catch { close(); } // the server is away: what is typed is matched when the page is sent
  }
  input.addEventListener("input", () => {
    clearTimeout(rest);
    if (input.value.trim()) rest = setTimeout(ask, REST_MS); else close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { close(); event.preventDefault(); return; }
    if (list.hidden) { if (event.key === "ArrowDown" && input.value.trim()) { ask(); event.preventDefault(); } return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { move(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1)); event.preventDefault(); }
    if (event.key === "Enter" && at >= 0) { take(options()[at]); event.preventDefault(); }
    if (event.key === "Tab" && at >= 0) take(options()[at]);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) take(option); });
  input.addEventListener("blur", () => { clearTimeout(rest); close(); });
}
