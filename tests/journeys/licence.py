"""How a citizen fills in the application for a trade licence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page

from tests.journeys.conftest import Visitor


def fill_date(page: Page, key: str, day: date) -> None:
    """Day, month and year in their three fields."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#{key}-{part}").fill(str(value))


def start(visitor: Visitor, email: str) -> None:
    """From the home page to the first question."""
    visitor.go("/")
    visitor.look("home")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="Apply for a trade licence").click()
    visitor.look("service")
    visitor.press("Start now")
    visitor.look("sign-in")
    visitor.sign_in(email)
    if "/apply/d/" not in visitor.page.url:
        visitor.press("Start now")


def about_you(visitor: Visitor) -> None:
    """The first page, sent empty once and then right."""
    visitor.press("Continue")
    visitor.look("question-errors")
    visitor.page.locator("#applicant_name").fill("Leila Haddad")
    fill_date(visitor.page, "applicant_birth_date", date(1988, 2, 2))
    visitor.page.locator("#applicant_national_id").fill("8802 0211 4471")
    visitor.look("question")
    visitor.press("Continue")


def your_business(visitor: Visitor) -> None:
    """The business; a sole trader has no registration number."""
    visitor.page.locator("#business_name").fill("Harbour Kitchen")
    visitor.page.get_by_label("I trade on my own").check()
    visitor.page.locator("#people_working").fill("3")
    visitor.press("Continue")


def premises(visitor: Visitor, line: str = "12 Olive Lane") -> None:
    """Where it will be."""
    visitor.page.locator("#premises-line_1").fill(line)
    visitor.page.locator("#premises-town").fill("Old Harbour")
    visitor.page.locator("#premises-postcode").fill("40213")
    visitor.page.get_by_label("I rent them").check()
    fill_date(visitor.page, "first_day", timezone.localdate() + timedelta(days=40))
    visitor.look("question-premises")
    visitor.press("Continue")


def what_you_sell(visitor: Visitor) -> None:
    """Hot food: the page asks what it is cooked with, without JavaScript after pressing Continue."""
    visitor.page.get_by_label("Hot food or drinks").check()
    visitor.press("Continue")
    if visitor.page.locator("#cooking_with").count() or visitor.page.get_by_label("Gas").count():
        visitor.page.get_by_label("Gas").check()
        visitor.page.get_by_role("group", name="Will you sell alcohol?").get_by_label("No").check()
        visitor.look("question-shown")
        visitor.press("Continue")


def documents(visitor: Visitor, plan: Path, certificate: Path) -> None:
    """One file first: the second is asked for, the first is not asked for again."""
    visitor.choose(plan, visitor.page.locator("input[type=file]").nth(0))
    visitor.press("Continue")
    assert visitor.page.get_by_text(plan.name).count()
    visitor.look("question-file-kept")
    visitor.choose(certificate, visitor.page.locator("input[type=file]").last)
    visitor.press("Continue")


def declaration(visitor: Visitor) -> None:
    """The last question."""
    visitor.page.locator("input[type=checkbox]").check()
    visitor.press("Continue")


def send(visitor: Visitor) -> str:
    """Check the answers and send them; the reference of the case."""
    visitor.look("check")
    visitor.press("Send application")
    visitor.page.wait_for_url("**/sent/")
    visitor.look("sent")
    return visitor.page.locator(".cw-panel .cw-ref").inner_text().strip()
