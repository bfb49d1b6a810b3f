"""A question page in a real browser: it reacts, keeps what is typed, and works without any of it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from engine.departments.models import Department, User
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
    wait_until_there,
)
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import PACKAGE
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


def tell_when(page: Page, *events: str) -> None:
    """From now on the page remembers that one of these events happened to it."""
    page.evaluate(
        "events => events.forEach(name => addEventListener(name, () => {"
        " document.documentElement.dataset.happened = name }))",
        list(events),
    )


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_choice_brings_its_question_and_the_focus_stays(on_page: Open, size: tuple[int, int]) -> None:
    page = on_page("trade", size)
    page.locator("#trade").focus()
    page.keyboard.press("Space")
    expect(page.locator("#fuel")).to_be_visible()
    expect(page.locator("#trade")).to_be_focused()
    assert page.locator("#trade").is_checked()
    expect(page.locator("#page-said")).to_have_text("A question was added: What do you cook with?")
    look(page, f"reacted-{size[0]}")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#fuel")).to_have_count(0)
    expect(page.locator("input[value=goods]")).to_be_focused()
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
        page.wait_for_timeout(50)  # lets Playwright hand over the request
    tell_when(page, "htmx:afterSettle")
    asked = parse_qs(held[0].request.post_data or "")["fuel"]
    page.locator("#fuel").press_sequentially("!")
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        held[0].continue_()
    page.locator("html[data-happened]").wait_for(state="attached")
    assert asked != ["gas bottle!s"]
    assert page.locator("#fuel").input_value() == "gas bottle!s"
    assert page.evaluate("document.activeElement.id") == "fuel"
    assert page.evaluate("document.activeElement.selectionStart") == len("gas bottle!")


def test_without_javascript_the_button_asks_the_same_questions(on_page: Open) -> None:
    page = on_page("trade", javascript=False)
    page.locator("#trade").check()
    assert page.locator("#fuel").count() == 0
    with page.expect_navigation():
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
    tell_when(page, "htmx:sendError", "htmx:responseError")
    page.locator("#trade").check()
    page.locator("html[data-happened]").wait_for(state="attached")
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
        "window.fetch = async () => ({ok: true, status: 200, json: () => {"
        " document.documentElement.dataset.happened = 'asked'; return Promise.reject(new Error()) }})"
    )
    page.locator("#owner").fill("Leila")
    page.locator("#owner").blur()
    page.locator("html[data-happened]").wait_for(state="attached")
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


# --- a table to fill in
COLUMNS = [
    {"key": "what", "type": "short_text", "label": "What for", "hint": "In a few words"},
    {"key": "sum", "type": "currency", "label": "How much"},
    {"key": "since", "type": "date", "label": "Since", "required": False},
]
TABLE = {
    "key": "costs",
    "type": "table",
    "label": "Your costs",
    "options": {"min": 2, "item_label": "Cost", "columns": COLUMNS},
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_table_is_cards_on_a_phone_and_says_each_label_once(
    licensing: Department,
    administrator: User,
    citizen: User,
    live_server: Any,
    browse: Callable[..., Page],
    size: tuple[int, int],
    language: str,
) -> None:
    package = deepcopy(PACKAGE)
    package["forms"]["application"]["pages"][0]["fields"] = [TABLE]
    package["summary_fields"] = []
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    draft = services.start_draft(citizen, Service.objects.get(pk=report.service.pk), language)
    page, session = browse(size, language=language), Client()
    session.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{live_server.url}/apply/d/{draft.pk}/about_you/")
    expect(page.get_by_role("row")).to_have_count(3)
    expect(page.get_by_role("columnheader")).to_have_count(3)
    on_phone = size == PHONE
    card = "getComputedStyle(document.querySelector('#costs-0')).display"
    assert page.evaluate(card) == ("block" if on_phone else "table-row")
    assert page.locator(".cw-row-name").first.is_visible() == on_phone
    label = page.locator("label[for=costs-0-what]").bounding_box()
    assert label is not None
    assert (label["width"] > 2) == on_phone
    frame = page.locator(".cw-table-frame")
    assert not on_phone or frame.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.locator("button.govuk-button:not([aria-hidden]):not(.cw-add):not(.cw-remove)").click()
    page.locator(".govuk-error-summary").wait_for()
    look(page, f"table-{language}-{size[0]}")


# --- complaints go away as they are put right
COMPLAINING: list[dict[str, Any]] = [
    {"key": "owner", "type": "short_text", "label": "Your name"},
    {"key": "born", "type": "date", "label": "Date of birth"},
    {"key": "from_year", "type": "integer", "label": "First year", "phrase": "the first year"},
    {"key": "to_year", "type": "integer", "label": "Last year", "phrase": "the last year"},
    {"key": "sold", "type": "checkbox_group", "label": "What do you sell?",
     "options": {"choices": [{"key": "food", "label": "Food"}], "none": "None of these"}},
    {"key": "town", "type": "autocomplete", "label": "Country", "options": {"list": "countries"}},
]  # fmt: skip
CHECK = {
    "rule": "answers.to_year >= answers.from_year",
    "field": "to_year",
    "sentence": "The years are mixed up",
}


@pytest.fixture
def wrong_page(
    licensing: Department, administrator: User, citizen: User, live_server: Any, browse: Callable[..., Page]
) -> Open:
    """A page of many questions in a browser, after Continue with mistakes in it."""
    package = deepcopy(PACKAGE)
    package["forms"]["application"]["pages"][0] |= {"fields": COMPLAINING, "checks": [CHECK]}
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    draft = services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")

    def visit(size: tuple[int, int] = DESKTOP, **typed: str) -> Page:
        page, session = browse(size), Client()
        session.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{live_server.url}/apply/d/{draft.pk}/about_you/")
        for name, value in typed.items():
            page.locator(f"#{name.replace('__', '-')}").fill(value)
        page.locator("button.govuk-button:not([aria-hidden])").click()
        page.locator(".govuk-error-summary").wait_for()
        wait_until_there(page)
        return page

    return visit


def links(page: Page) -> list[str]:
    """What the summary names."""
    return page.locator(".govuk-error-summary a").evaluate_all("all => all.map(one => one.hash)")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_complaint_goes_away_when_its_question_is_put_right(
    wrong_page: Open, size: tuple[int, int]
) -> None:
    page = wrong_page(
        size, from_year="2000", to_year="2001", born__day="1", born__month="2", born__year="1990"
    )
    assert links(page) == ["#owner", "#sold", "#town-typed"]
    assert page.title().startswith("Error:")
    page.locator("#owner").fill("Leila")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-error-summary a")).to_have_count(2)
    assert page.evaluate("document.activeElement.id") == "born-day"
    expect(page.locator("#page-said")).to_have_text("Put right: Your name. 2 problems are left.")
    expect(page.locator("#owner-error")).to_have_count(0)
    assert page.locator("#owner").get_attribute("aria-invalid") is None
    page.locator("#sold").check()
    expect(page.locator(".govuk-error-summary a")).to_have_count(1)
    page.locator("#town-typed").fill("Portugal")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator("#page-said")).to_have_text("Put right: Country. No problem is left on this page.")
    assert page.locator("#town-typed").get_attribute("aria-invalid") is None
    assert "error" not in (page.locator("#town-typed").get_attribute("class") or "")
    assert page.title().startswith("About you")
    look(page, f"complaints-gone-{size[0]}")


def test_a_date_is_judged_when_it_is_left_and_said_again_while_it_is_wrong(wrong_page: Open) -> None:
    page = wrong_page(owner="Leila", from_year="2000", to_year="2001")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "hx-request" in sent.headers else None)
    page.locator("#born-day").fill("1")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.wait_for_timeout(600)
    assert asked == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#page-said")).to_contain_text("must include a year")
    assert page.evaluate("document.activeElement.id") == "from_year"
    page.locator("#born-year").fill("1990")
    page.keyboard.press("Tab")
    expect(page.locator("#page-said")).to_contain_text("Put right: Date of birth")
    assert "#born-day" not in links(page)


def test_a_complaint_across_answers_goes_away_when_the_other_answer_is_put_right(wrong_page: Open) -> None:
    page = wrong_page(
        owner="Leila", from_year="2005", to_year="2001", born__day="1", born__month="2", born__year="1990"
    )
    page.locator("#sold").check()
    page.locator("#town-typed").fill("Portugal")
    page.keyboard.press("Tab")
    page.locator("button.govuk-button:not([aria-hidden])").click()
    expect(page.locator(".govuk-error-summary a")).to_have_text(["The years are mixed up"])
    page.locator("#from_year").fill("1999")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "to_year"


def test_the_focus_stays_in_the_summary_while_it_shrinks(wrong_page: Open) -> None:
    page = wrong_page(from_year="2000", to_year="2001", born__day="1", born__month="2", born__year="1990")
    page.locator("#sold").check()
    page.locator(".govuk-error-summary a").nth(1).focus()  # the link that is about to go
    expect(page.locator(".govuk-error-summary a")).to_have_count(2)
    assert page.evaluate("document.activeElement.closest('#page-summary') !== null")
    page.locator(".govuk-error-summary a").last.focus()
    for name, value in (("#owner", "Leila"), ("#town-typed", "Portugal")):  # put right without going there
        page.locator(name).evaluate("(input, value) => { input.value = value; }", value)
    page.locator("#owner").evaluate("input => input.dispatchEvent(new Event('change', { bubbles: true }))")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator("main h1")).to_be_focused()
