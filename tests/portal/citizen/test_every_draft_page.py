"""The pages of drafts in a real browser, at phone and desktop width, also from right to left."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from engine.departments.models import Department, User
from forms_library.answers import PageResult
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import PACKAGE
from tests.portal.citizen.test_walk import PAGES
from workflows import services
from workflows.models import Draft, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
SEEN = [(PHONE, "en"), (DESKTOP, "en"), (PHONE, "ar")]
each_look = pytest.mark.parametrize(("size", "language"), SEEN, ids=["phone", "desktop", "arabic"])


def publish(pages: list[dict[str, Any]], department: Department, by: User) -> Service:
    package = copy.deepcopy(PACKAGE) | {"summary_fields": []}
    package["forms"]["application"]["pages"] = copy.deepcopy(pages)
    report = services.import_package(source=package, department=department, by=by)
    services.publish(service=report.service, by=by)
    return Service.objects.get(pk=report.service.pk)


@pytest.fixture
def begun(licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft of the form with an end, rows and a rule that may fail."""
    draft = services.start_draft(citizen, publish(PAGES, licensing, administrator), "en")
    return services.save_page(draft, "here", PageResult({"local": True}, {}, []), revision=0)


@pytest.fixture
def visit(begun: Draft, citizen: User, live_server: Any, browse: Callable[..., Page]) -> Open:
    """Opens an address below the draft."""

    def open_page(address: str, size: tuple[int, int], language: str = "en", **more: Any) -> Page:
        page = browse(size, language=language, **more)
        session = Client()
        session.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{live_server.url}/apply/d/{begun.pk}/{address}")
        return page

    return open_page


def look(page: Page, name: str, size: tuple[int, int], language: str) -> None:
    """A picture, axe, and no scrolling sideways."""
    keep_picture(page, f"{name}-{language}-{size[0]}")
    assert not problems_on(page)
    assert not is_wider_than_the_window(page)
    assert page.evaluate("document.documentElement.lang") == language


@each_look
def test_the_end_of_the_way(visit: Open, begun: Draft, size: tuple[int, int], language: str) -> None:
    services.save_page(begun, "here", PageResult({"local": False}, {}, []), revision=1)
    page = visit("", size, language)
    assert page.url.endswith("/sorry/")
    assert page.locator("main form").count() == 0
    look(page, "exit", size, language)
    page.locator("main a.govuk-button").click()
    page.wait_for_url("**/here/")


@each_look
def test_coming_back_later(visit: Open, size: tuple[int, int], language: str) -> None:
    look(visit("come-back/", size, language), "later", size, language)


@each_look
def test_a_link_that_was_used(visit: Open, size: tuple[int, int], language: str) -> None:
    page = visit("../link/nothing/", size, language)
    look(page, "link-used", size, language)


@each_look
def test_a_rule_that_cannot_be_worked_out(
    visit: Open, begun: Draft, size: tuple[int, int], language: str
) -> None:
    draft = services.save_page(begun, "family", PageResult({"children": None}, {}, []), revision=1)
    services.save_page(draft, "money", PageResult({"total": 10, "people": 0}, {}, []), revision=2)
    look(visit("check/", size, language), "fault", size, language)


@each_look
def test_a_service_that_has_changed(
    visit: Open,
    begun: Draft,
    licensing: Department,
    administrator: User,
    size: tuple[int, int],
    language: str,
) -> None:
    rows = [{"first": "Sami", "age": 7}, {"first": "Nour", "age": 4}]
    services.save_page(begun, "family", PageResult({"children": rows}, {}, []), revision=1)
    pages = copy.deepcopy(PAGES)
    pages[2]["fields"][0]["options"]["max"] = 1
    pages[2]["fields"].append({"key": "pets", "type": "integer", "label": "Pets"})
    pages[0]["fields"][0]["type"] = "short_text"
    pages[0].pop("next")
    pages.pop(1)
    publish(pages, licensing, administrator)
    page = visit("", size, language)
    assert page.url.endswith("/new-version/")
    expect(page.locator("main")).to_contain_text("Nour")
    look(page, "changed", size, language)
    page.locator("main button.govuk-button").click()
    page.wait_for_url("**/here/")
    look(page, "asked-again", size, language)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_row_more_and_the_focus_is_in_it(visit: Open, begun: Draft, javascript: bool) -> None:
    page = visit("family/", PHONE, javascript=javascript)
    page.locator("button[name='children-add']").click()
    page.locator("#children-0-first").fill("Sami")
    page.locator("button[name='children-add']").click()
    expect(page.locator("#children-1-first")).to_be_visible()
    assert page.locator("#children-0-first").input_value() == "Sami"
    if not javascript:
        return
    expect(page.locator("#children-1-first")).to_be_focused()
    look(page, "rows", PHONE, "en")
    page.locator("#children-0-age").fill("7")
    page.locator("#children-1-age").fill("4")
    expect(page.locator("#children-0-school")).to_be_visible()  # seen, so nobody is held up by it
    page.locator("#children-1-first").fill("Nour")
    page.keyboard.press("Enter")  # goes on, and does not press a button of a row
    page.wait_for_url("**/money/")
    page.locator("#total").fill("10")
    page.locator("#people").fill("2")
    page.locator("button.govuk-button").click()
    page.wait_for_url("**/check/")
    look(page, "check-rows", PHONE, "en")
    begun.refresh_from_db()
    assert [row["first"] for row in begun.answers["children"]] == ["Sami", "Nour"]
