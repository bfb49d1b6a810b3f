"""Every page of the workbench, at the width of a phone and of a desk, looked at by axe."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents.models import Certificate
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
    wait_until_there,
)
from workflows import services
from workflows.models import Case, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]
ItemAt = Callable[[Case, str], int]
MOSTLY_ON_A_DESK = pytest.mark.parametrize(
    "size",
    [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.slow)],
)


class Looker:
    """Goes through pages and collects what is wrong with them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, list[str]] = {}

    def go(self, path: str, name: str) -> None:
        self.page.goto(urljoin(self.page.url, path))
        self.look(name)

    def press(self, button: str, name: str) -> None:
        self.page.get_by_role("button", name=button).click()
        wait_until_there(self.page)
        self.look(name)

    def look(self, name: str) -> None:
        size = self.page.viewport_size or {}
        keep_picture(self.page, f"{name}-{size.get('width')}")
        problems = self._problems(size.get("width", 0), size.get("height", 0))
        if is_wider_than_the_window(self.page):
            problems.append("scrolls sideways")
        if problems:
            self.found[name] = problems

    def _problems(self, width: int, height: int) -> list[str]:
        """In a window as high as the page: axe cannot know that what a bar covers can be scrolled to."""
        whole = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": max(height, whole)})
        problems = problems_on(self.page)
        self.page.set_viewport_size({"width": width, "height": height})
        return problems


@MOSTLY_ON_A_DESK
def test_no_page_has_a_problem_that_axe_knows(
    size: tuple[int, int],
    corrected: Case,
    apply: Callable[..., Case],
    clerk: User,
    second_clerk: User,
    supervisor: User,
    item_at: ItemAt,
    open_as: OpenAs,
) -> None:
    waiting = apply(business_name="Harbour Bikes", trade="goods", goods_sold="Bikes")
    services.claim(item_id=item_at(waiting, "check"), by=second_clerk)
    inspected = apply(business_name="Café Naïm")
    services.decide(item_id=item_at(inspected, "check"), by=clerk, outcome="accept")
    services.claim(item_id=item_at(inspected, "inspect"), by=clerk)
    at = Looker(open_as(clerk, size))
    at.look("queue")
    at.go("/work/?view=late", "queue-empty")
    at.go(f"/work/cases/{corrected.reference}/?view=team", "case-to-take")
    at.press("Take", "case-mine")
    at.press("Return for correction", "return")
    at.press("Return for correction", "return-wrong")
    at.page.get_by_role("button", name="Cancel").click()
    at.press("Refuse", "refuse")
    at.go(f"/work/cases/{inspected.reference}/?view=mine", "case-form")
    at.press("Record the visit", "case-form-wrong")
    at.go(f"/work/cases/{inspected.reference}/diagram/", "diagram")
    at.go(f"/work/cases/{corrected.reference}/history/", "history")
    at.go("/work/cases/", "cases")
    at.go("/work/cases/?reference=TRL-2020-000001", "cases-not-found")
    at.go("/work/requests/", "requests")
    at.page.keyboard.press("?")
    at.look("keys")
    assert at.found == {}


@MOSTLY_ON_A_DESK
def test_what_a_supervisor_and_an_auditor_see_has_no_problem_either(
    size: tuple[int, int],
    corrected: Case,
    supervisor: User,
    auditor: User,
    open_as: OpenAs,
) -> None:
    at = Looker(open_as(supervisor, size))
    at.page.get_by_label(f"Select {corrected.reference}").check()
    at.look("queue-selected")
    at.page.locator("summary.filter").first.click()
    at.look("queue-menu")
    read = Looker(open_as(auditor, size))
    read.look("queue-auditor")
    read.go(f"/work/cases/{corrected.reference}/", "case-auditor")
    assert (at.found, read.found) == ({}, {})


@MOSTLY_ON_A_DESK
def test_right_to_left_has_no_problem_either(
    size: tuple[int, int], corrected: Case, clerk: User, item_at: ItemAt, open_as: OpenAs
) -> None:
    services.claim(item_id=item_at(corrected, "check"), by=clerk)
    at = Looker(open_as(clerk, size, language="ar"))
    at.look("queue-ar")
    at.go(f"/work/cases/{corrected.reference}/?view=mine", "case-ar")
    assert at.page.locator("html").get_attribute("dir") == "rtl"
    at.go(f"/work/cases/{corrected.reference}/diagram/", "diagram-ar")
    assert at.found == {}


@MOSTLY_ON_A_DESK
def test_certificates_conflicts_and_requests_have_no_problem_either(
    size: tuple[int, int],
    case: Case,
    certificate: Certificate,
    purchase: Service,
    works: Department,
    clerk: User,
    supervisor: User,
    item_at: ItemAt,
    open_as: OpenAs,
) -> None:
    grant_role(supervisor, Role.CLERK, works)
    at = Looker(open_as(supervisor, size))
    at.go(f"/work/cases/{case.reference}/", "case-certificate")
    at.go(f"/work/cases/{case.reference}/certificates/{certificate.number}/revoke/", "revoke")
    at.press("Revoke certificate", "revoke-wrong")
    at.go("/work/requests/", "requests-some")
    at.go(f"/work/cases/{case.reference}/", "case-certificate")
    at.press("Take", "case-taken")
    at.page.locator("#case-reason").fill("The plan shows everything that we need to know.")
    services.decide(item_id=item_at(case, "check"), by=supervisor, outcome="accept")
    services.decide(
        item_id=item_at(case, "inspect"),
        by=clerk,
        outcome="done",
        answers={"visited_on": "2026-11-20", "result": "suitable"},
    )
    at.press("Accept, go to inspection", "conflict")
    assert at.found == {}
