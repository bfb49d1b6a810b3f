"""A question page in a real browser: it reacts, keeps what is typed, and works without any of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from engine.departments.models import User
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from workflows import services
from workflows.models import Draft, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def begun(stall: Service, citizen: User) -> Draft:
    """A draft whose second page has a condition."""
    return services.start_draft(citizen, stall, "en")


@pytest.fixture
def on_page(begun: Draft, citizen: User, live_server: Any, browse: Callable[..., Page]) -> Open:
    """Opens a page of the draft in a browser: on_page("trade", PHONE, javascript=False)."""

    def visit(key: str, size: tuple[int, int] = DESKTOP, *, language: str = "en", **more: Any) -> Page:
        page = browse(size, language=language, **more)
        session = Client()
        session.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{live_server.url}/apply/d/{begun.pk}/")
        if key != "about_you":
            page.locator("#owner").fill("Leila")
            page.locator("button.govuk-button").click()
            page.wait_for_url(f"**/{key}/")
        return page

    return visit


def look(page: Page, name: str) -> None:
    """A picture, axe, and no scrolling sideways."""
    keep_picture(page, name)
    assert not problems_on(page)
    assert not is_wider_than_the_window(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_choice_brings_its_question_and_the_focus_stays(on_page: Open, size: tuple[int, int]) -> None:
    page = on_page("trade", size)
    page.locator("#trade").focus()
    page.keyboard.press("Space")
    expect(page.locator("#fuel")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "trade"
    assert page.locator("#trade").is_checked()
    expect(page.locator("#page-said")).to_have_text("A question was added: What do you cook with?")
    look(page, f"reacted-{size[0]}")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#fuel")).to_have_count(0)
    assert page.evaluate("document.activeElement.value") == "goods"
    expect(page.locator("#page-said")).to_have_text("A question was removed: What do you cook with?")


def test_what_is_typed_while_the_server_thinks_stays_with_the_caret(on_page: Open) -> None:
    page, held = on_page("trade"), list[Route]()
    page.locator("#trade").check()
    page.locator("#fuel").fill("gas")
    page.route(
        "**/trade/",
        lambda route: held.append(route) if route.request.headers.get("hx-request") else route.continue_(),
    )
    page.locator("#trade").dispatch_event("change")
    page.locator("#fuel").press_sequentially(" bottles")
    page.keyboard.press("ArrowLeft")
    while not held:
        page.wait_for_timeout(50)
    asked = parse_qs(held[0].request.post_data or "")["fuel"]
    page.locator("#fuel").press_sequentially("!")
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        held[0].continue_()
    page.wait_for_timeout(200)
    assert asked != ["gas bottle!s"]
    assert page.locator("#fuel").input_value() == "gas bottle!s"
    assert page.evaluate("document.activeElement.id") == "fuel"
    assert page.evaluate("document.activeElement.selectionStart") == len("gas bottle!")


def test_without_javascript_the_button_asks_the_same_questions(on_page: Open) -> None:
    page = on_page("trade", javascript=False)
    page.locator("#trade").check()
    assert page.locator("#fuel").count() == 0
    page.locator("button.govuk-button").click()
    assert page.locator("#fuel").count() == 1
    assert page.get_by_text("Your answer brings up 1 more question").count() == 1
    assert page.locator(".govuk-error-summary").count() == 0
    page.locator("#fuel").fill("gas")
    page.locator("button.govuk-button").click()
    page.wait_for_url("**/kitchen/")


@pytest.mark.parametrize("trouble", ["offline", "500"])
def test_a_server_that_is_away_leaves_a_page_that_works(on_page: Open, begun: Draft, trouble: str) -> None:
    page = on_page("trade")

    def fail(route: Route) -> None:
        if route.request.resource_type == "document":
            route.continue_()
        elif trouble == "offline":
            route.abort()
        else:
            route.fulfill(status=500, body="<h1>no</h1>")

    page.route("**/trade/", fail)
    page.locator("#trade").check()
    page.wait_for_timeout(1500)
    assert page.locator("#trade").is_checked()
    assert page.locator("h1").inner_text() == "What you sell"
    page.locator("button.govuk-button").click()
    expect(page.locator("#fuel")).to_be_visible()


def test_what_is_typed_is_kept_and_said_quietly(on_page: Open, begun: Draft) -> None:
    page = on_page("about_you")
    page.locator("#phone").fill("555 0100")
    page.locator("#phone").blur()
    expect(page.locator("#page-saved")).to_contain_text("Saved at ")
    begun.refresh_from_db()
    assert (begun.answers, begun.raw["about_you"]["phone"]) == ({}, "555 0100")
    look(page, "kept-while-typing")
    page.reload()
    assert page.locator("#phone").input_value() == "555 0100"
    page.locator("#owner").fill("Leila")
    page.locator("button.govuk-button").click()
    page.wait_for_url("**/trade/")


def test_an_answer_that_breaks_off_does_not_make_this_window_another_one(on_page: Open, begun: Draft) -> None:
    page = on_page("about_you")
    page.locator("button.govuk-button").click()
    page.wait_for_selector(".govuk-error-summary")
    page.evaluate(
        "window.fetch = async () => ({ok: true, status: 200, json: () => Promise.reject(new Error())})"
    )
    page.locator("#owner").fill("Leila")
    page.locator("#owner").blur()
    page.wait_for_timeout(1200)
    page.locator("button.govuk-button").click()
    page.wait_for_url("**/trade/")


def test_the_second_window_is_told_and_overwrites_nothing(on_page: Open, begun: Draft) -> None:
    first, second = on_page("about_you"), on_page("about_you")
    first.locator("#owner").fill("First")
    first.locator("#owner").blur()
    expect(first.locator("#page-saved")).to_contain_text("Saved at ")
    second.locator("#owner").fill("Second")
    second.locator("#owner").blur()
    expect(second.locator("#page-saved")).to_contain_text("changed in another window")
    begun.refresh_from_db()
    assert begun.raw["about_you"]["owner"] == "First"
    second.locator("button.govuk-button").click()
    expect(second.get_by_text("These answers were changed in another window")).to_be_visible()
    expect(second.locator(".govuk-summary-list")).to_contain_text("First")
    assert second.locator("#owner").input_value() == "Second"
    look(second, "moved-1280")


def test_a_page_without_conditions_asks_nothing_while_it_is_filled_in(on_page: Open) -> None:
    page = on_page("about_you")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("hx-request", "")))
    page.locator("#owner").fill("Leila")
    page.locator("#owner").blur()
    expect(page.locator("#page-saved")).to_contain_text("Saved at ")
    assert set(asked) == {""}


def test_it_reads_from_right_to_left_too(on_page: Open) -> None:
    page = on_page("trade", PHONE, language="ar")
    page.locator("#trade").check()
    expect(page.locator("#fuel")).to_be_visible()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    look(page, "reacted-ar")
