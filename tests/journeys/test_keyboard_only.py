"""A keyboard is enough, for a citizen and for a clerk; where the focus is can always be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.departments.models import User
from tests.chromium import DESKTOP
from tests.journeys.cases import applied_for_extracts
from tests.journeys.conftest import Visitor
from workflows.demonstration import files
from workflows.models import Case, WorkItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEILA, CLARA = "leila.haddad@example.org", "clara.nunes@registry.example"
MOST_TABS = 60
# What is wrong with the focus now; a hidden radio or box is shown by its label, as GOV.UK draws it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return "lost";
  const box = at.getBoundingClientRect();
  const drawn = [getComputedStyle(at), ...[at.nextElementSibling, at.labels?.[0]].filter(Boolean)
    .flatMap((near) => [getComputedStyle(near), getComputedStyle(near, "::before")])];
  const lined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shows = (style) => style.boxShadow !== "none" || lined(style);
  if (!drawn.some(shows) && !lined(getComputedStyle(at.parentElement))) return "not drawn";
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return "outside";
  const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [x, y]));
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && [at, ...(at.labels || [])].some((part) => part.contains(top));
  });
  return seen ? "" : "covered";
}"""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def see_focus(self) -> None:
        """The focus is somewhere, drawn, and not behind something else."""
        trouble = self.page.evaluate(FOCUS)
        where = self.page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        assert not trouble, f"focus {trouble} at {self.page.url}: {where}"

    def tab_to(self, selector: str, *, key: str = "Tab") -> None:
        """Go on with Tab until this has the focus; on the way nothing hides it."""
        for _ in range(MOST_TABS):
            self.press(key)
            self.see_focus()
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        pytest.fail(f"{selector} is not reached by Tab on {self.page.url}")

    def write(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.tab_to(selector)
        self.page.keyboard.type(text)

    def go_on(self, selector: str, key: str = "Enter") -> None:
        """Press what leads to another page."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press(key)


@pytest.fixture
def keyboard(visit: Callable[..., Visitor]) -> Callable[[str], Keyboard]:
    """Somebody who has signed in without a mouse."""

    def sit_down(email: str) -> Keyboard:
        typist = Keyboard(visit(DESKTOP))
        typist.visitor.go("/accounts/login/")
        typist.write("#id_login", email)
        typist.write("#id_password", files.password())
        typist.go_on("main button[type=submit]")
        return typist

    return sit_down


def test_a_citizen_applies_without_a_mouse(
    keyboard: Callable[[str], Keyboard], town: dict[str, User]
) -> None:
    citizen = keyboard(LEILA)
    citizen.visitor.go("/registry/residence-extract/?lang=en")
    citizen.press("Tab")
    citizen.see_focus()
    assert "Skip" in citizen.page.evaluate("document.activeElement.innerText")
    citizen.press("Enter")
    citizen.go_on("main form button")
    citizen.go_on("button.govuk-button")  # with nothing filled in
    expect(citizen.page.locator(".govuk-error-summary")).to_be_focused()
    citizen.tab_to(".govuk-error-summary a")
    citizen.press("Enter")
    expect(citizen.page.locator("#applicant_name")).to_be_focused()
    about_me(citizen)
    where_i_live(citizen)
    purpose(citizen)
    check(citizen)
    assert Case.objects.count() == 1


def about_me(citizen: Keyboard) -> None:
    """The first page; the link of the error has put the focus into its field."""
    citizen.see_focus()
    citizen.page.keyboard.type("Leila Haddad")
    for part, value in (("day", "2"), ("month", "2"), ("year", "1988")):
        citizen.write(f"#applicant_birth_date-{part}", value)
    citizen.write("#applicant_national_id", "8802 0211 4471")
    citizen.go_on("button.govuk-button", key="Space")


def where_i_live(citizen: Keyboard) -> None:
    """The second page; Enter in a field goes on, as everywhere on the web."""
    citizen.write("#residence-line_1", "12 Olive Lane")
    citizen.write("#residence-town", "Old Harbour")
    citizen.write("#residence-postcode", "40213")
    for part, value in (("day", "1"), ("month", "9"), ("year", "2019")):
        citizen.write(f"#living_since-{part}", value)
    with citizen.page.expect_navigation():
        citizen.press("Enter")


def purpose(citizen: Keyboard) -> None:
    """Arrows choose one of several, Space ticks."""
    citizen.tab_to("input[type=radio]")
    citizen.press("Space", "ArrowDown")
    citizen.see_focus()
    assert citizen.page.get_by_label("A bank").is_checked()
    citizen.tab_to("input[type=checkbox]")
    citizen.press("Space")
    citizen.go_on("button.govuk-button")


def check(citizen: Keyboard) -> None:
    """Back to one answer and to the check again, then send."""
    citizen.go_on("a[href*='to=check#living_since']")
    citizen.tab_to("#living_since-year")
    citizen.press("Control+a")
    citizen.page.keyboard.type("2018")
    citizen.go_on("button.govuk-button")
    assert citizen.page.get_by_text("2018").count()
    citizen.go_on("button.govuk-button")
    citizen.page.wait_for_url("**/sent/")


def test_a_clerk_works_through_three_cases_without_a_mouse(
    keyboard: Callable[[str], Keyboard], town: dict[str, User]
) -> None:
    first, second, third = applied_for_extracts(town, 3)
    clerk = keyboard(CLARA)
    clerk.visitor.go("/work/?lang=en")
    by_letters(clerk, first)
    clerk.visitor.go("/work/")
    by_tab(clerk, second)
    clerk.visitor.go("/work/")
    send_back(clerk, third)


def outcome_of(reference: str) -> str:
    """How the step ended; empty while it is open."""
    return WorkItem.objects.get(process__reference=reference, node_key="compare").outcome or ""


def by_letters(clerk: Keyboard, reference: str) -> None:
    """N takes the next, A asks, Escape goes back, Enter is a yes."""
    with clerk.page.expect_navigation():
        clerk.press("n")
    assert reference in clerk.page.url
    clerk.press("?")
    clerk.see_focus()
    clerk.press("Escape", "a")
    assert clerk.page.locator("dialog[open]").count() == 1
    clerk.see_focus()
    clerk.press("Escape")
    assert clerk.page.locator("dialog[open]").count() == 0
    assert outcome_of(reference) == ""
    clerk.press("a")
    clerk.see_focus()
    with clerk.page.expect_navigation():
        clerk.press("Enter")
    assert outcome_of(reference) == "approve"


def by_tab(clerk: Keyboard, reference: str) -> None:
    """The same with Tab and Enter alone: open, take, decide."""
    clerk.go_on(f"a.ref[href*='{reference}']")
    clerk.go_on(".decide button")
    clerk.tab_to("#case-reason")
    clerk.go_on(".decide button[value=approve]")
    assert outcome_of(reference) == "approve"


def send_back(clerk: Keyboard, reference: str) -> None:
    """J goes down the queue, Enter opens, T takes, R asks for a correction on a page of its own."""
    clerk.press("j")
    clerk.see_focus()
    for keys in (["Enter"], ["t"], ["r"]):
        with clerk.page.expect_navigation():
            clerk.press(*keys)
    clerk.tab_to("input[type=checkbox][value=residence]")
    clerk.press("Space")
    clerk.write("textarea", "The postcode does not belong to this street.")
    clerk.go_on("button[value=return]")
    assert outcome_of(reference) == "return"
    assert Case.objects.get(reference=reference).state == "waiting_for_you"
