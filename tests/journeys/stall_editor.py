"""The editor of the service of a market stall, in the hands of somebody."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.hands import Hands

TITLE, KEY = "Run a market stall", "run-a-market-stall"
Look = Callable[[str], None]


class Editor:
    """Somebody in the editor, with the keyboard or the mouse."""

    def __init__(self, hands: Hands, base: str, look: Look) -> None:
        self.hands, self.page, self.base, self.look = hands, hands.page, base, look

    # --- places

    @property
    def panel(self) -> Locator:
        """The properties of what is chosen."""
        return self.page.locator(".cwd-pane--end")

    def button(self, name: str, *, within: Locator | None = None) -> Locator:
        """A button by its whole name."""
        place: Locator | Page = within if within is not None else self.page
        return place.get_by_role("button", name=name, exact=True)

    def tab(self, name: str) -> None:
        """Go to a part of the service."""
        link = self.page.locator(".cwd-tabs").get_by_role("link", name=name)
        self.hands.press(link)
        expect(self.page.locator(".cwd-tabs [aria-current]")).to_contain_text(name)
        expect(self.page.locator(".cwd-loading")).to_have_count(0)

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """A property by its whole label."""
        return (within if within is not None else self.panel).get_by_label(label, exact=True)

    def until_saved(self) -> None:
        """Wait until the last change has reached the server."""
        expect(self.page.locator(".cwd-saved")).to_contain_text("Saved")

    def tab_elsewhere(self, name: str) -> None:
        """Go to a part that the server draws as a page of its own."""
        self.until_saved()
        with self.page.expect_navigation():
            self.hands.press(self.page.locator(".cwd-tabs").get_by_role("link", name=name))

    def editor(self, tab: str) -> None:
        """Back to the editor."""
        with self.page.expect_navigation():
            self.hands.press(self.page.get_by_role("link", name="Back to the editor"))
        expect(self.page.locator(".cwd-tabs")).to_be_visible()
        self.tab(tab)
