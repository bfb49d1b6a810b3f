// What is moved or deleted is drawn anew, and with it goes the focus. It comes back to the same button of what is
// chosen then, or to what is chosen.

const CHOSEN = [".cwd-question--on", ".react-flow__node.selected", ".cwd-outline__step--on", ".cwd-tree [aria-current]"];
const REACHED = "button:not(:disabled), input, select, textarea, a[href], [tabindex='0']";

export function keepFocus(): void {
  const held = document.activeElement?.getAttribute("aria-label") ?? "";
  const look = (): void => {
    if (document.activeElement && document.activeElement !== document.body) return;
    wanted(held)?.focus();
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
}

function wanted(held: string): HTMLElement | null {
  const place = CHOSEN.map((one) => document.querySelector<HTMLElement>(one)).find(Boolean);
  if (!place) return document.querySelector<HTMLElement>(".cwd-content [data-pane]");
  const same = held && place.querySelector<HTMLElement>(`button[aria-label="${CSS.escape(held)}"]:not(:disabled)`);
  if (same) return same;
  return place.matches(REACHED) ? place : (place.querySelector<HTMLElement>(".cwd-question__label") ?? place.querySelector<HTMLElement>(REACHED));
}
