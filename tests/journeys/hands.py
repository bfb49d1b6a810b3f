"""Two ways to work at a page: with the keyboard alone, or with the mouse. What is done is the same."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

PANES, TRIES = 6, 8
# How many times Tab leads from where the focus is to what is wanted; negative: Shift and Tab.
AWAY = """wanted => {
  const scope = document.querySelector("dialog[open]") || document;
  const stop = (one) => { const all = [...document.getElementsByName(one.name)];
    return all.find((other) => other.checked) || all[0]; };
  const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]";
  const meets = (one) => one.tabIndex >= 0 && !one.disabled && !one.closest("fieldset:disabled, [inert]")
    && one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && (one.type !== "radio" || one === stop(one))
    && (one.tagName !== "SUMMARY" || one.parentElement.tagName === "DETAILS");
  const all = [...scope.querySelectorAll(stops)].filter(meets);
  const at = document.activeElement;
  const before = (one) => at && one.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  const here = all.includes(at) ? all.indexOf(at) : all.filter(before).length - 0.5;
  const away = all.indexOf(wanted) - here;
  return away > 0 ? Math.ceil(away) : Math.floor(away);
}"""
IS_THERE = "wanted => document.activeElement === wanted"
IN_PANE = "wanted => !wanted.closest('[data-pane]')?.contains(document.activeElement)"


class Hands(Protocol):
    """What a person can do to a page."""

    page: Page

    def press(self, wanted: Locator) -> None:
        """Press a button, follow a link, tick a box."""

    def into(self, wanted: Locator) -> None:
        """Go to a place where something is written."""

    def pick(self, wanted: Locator, label: str) -> None:
        """Choose one of a list by its words."""


class Keyboard:
    """Somebody who has no mouse: F6 goes to a part of the screen, Tab to what is in it."""

    name = "keyboard"

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: Locator) -> None:
        """Go on until this has the focus."""
        expect(wanted).to_be_visible()
        for _ in range(PANES):
            if not (
                wanted.evaluate("wanted => Boolean(wanted.closest('[data-pane]'))")
                and wanted.evaluate(IN_PANE)
            ):
                break
            self.page.keyboard.press("F6")
        for _ in range(TRIES):
            if wanted.evaluate(IS_THERE):
                return
            away = wanted.evaluate(AWAY)
            for _step in range(abs(away) or 1):
                self.page.keyboard.press("Tab" if away >= 0 else "Shift+Tab")
        raise AssertionError(f"{wanted} is not reached by Tab")

    def press(self, wanted: Locator) -> None:
        """Enter presses what has the focus; Space ticks a box, arrows choose one of several."""
        kind = wanted.evaluate("one => one.type")
        if kind == "radio":
            return self._choose(wanted)
        self.reach(wanted)
        return self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    def _choose(self, wanted: Locator) -> None:
        name = wanted.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        chosen = group.locator("xpath=self::*[@checked]")
        self.reach(chosen.first if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.evaluate(IS_THERE):
                return
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def into(self, wanted: Locator) -> None:
        """The focus is all that writing needs."""
        self.reach(wanted)

    def pick(self, wanted: Locator, label: str) -> None:
        """Typing the beginning of the words chooses."""
        self.reach(wanted)
        self.page.keyboard.type(label)
        expect(wanted.locator("option:checked")).to_contain_text(label)


class Mouse:
    """Somebody who points and clicks."""

    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, wanted: Locator) -> None:
        """One click."""
        wanted.click()

    def into(self, wanted: Locator) -> None:
        """One click into it."""
        wanted.click()

    def pick(self, wanted: Locator, label: str) -> None:
        """The browser draws the list itself, outside of the page."""
        value = wanted.locator("option", has_text=label).first.get_attribute("value")
        wanted.select_option(value)


def write(hands: Hands, wanted: Locator, words: str) -> None:
    """Replace what stands in a field."""
    hands.into(wanted)
    hands.page.keyboard.press("Control+a")
    hands.page.keyboard.type(words)
