"""What an answer brings up is seen before the page is left, once, with a script and without."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import Department, User
from engine.lookups.client import Found, LookupAway
from forms_library.fields import lookup
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import PACKAGE
from tests.portal.citizen.first_page import Send
from tests.portal.citizen.first_page import send as send
from workflows import services
from workflows.models import Draft, Service

pytestmark = pytest.mark.django_db
WINDOW = {"page-window": "0123456789abcdef"}
FEE = {"rule": 'answers.trade == "food" ? 12 : 6', "result": "integer"}
HOT = 'answers.trade == "food"'
CHILD = [
    {"key": "name", "type": "short_text", "label": "Name"},
    {"key": "age", "type": "integer", "label": "Age"},
    {"key": "school", "type": "short_text", "label": "School", "show_when": "item.age > 5"},
]
MORE: dict[str, dict[str, Any]] = {
    "optional": {"key": "more", "type": "short_text", "label": "A second fuel", "required": False},
    "text": {"key": "more", "type": "warning", "label": "Gas bottles must stand outside"},
    "group": {"key": "more", "type": "group", "label": "Your oven", "required": False, "options": {"fields": [
        {"key": "maker", "type": "short_text", "label": "Maker"},
        {"key": "gas", "type": "short_text", "label": "Kind of gas", "show_when": HOT},
    ]}},
    "divider": {"key": "more", "type": "divider", "label": ""},
}  # fmt: skip


def page_of(kind: str) -> list[dict[str, Any]]:
    return [PACKAGE["forms"]["application"]["pages"][1]["fields"][0], {**MORE[kind], "show_when": HOT}]


@pytest.mark.parametrize("script", [{}, WINDOW], ids=["no script", "a script that came too late"])
def test_a_question_that_may_be_left_out_is_seen_once_and_then_left_out(
    send: Send, script: dict[str, str]
) -> None:
    page = send(page_of("optional"), trade="food", **script)
    assert "Your answer brings up 1 more question" in page
    assert 'href="#more"' in page
    assert 'name="more"' in page
    assert "govuk-error" not in page
    assert Draft.objects.get().answers["trade"] == "food"
    assert send(trade="food", more="", **script).endswith("/papers/")


def test_nobody_is_held_up_by_what_they_have_seen_or_do_not_need(send: Send) -> None:
    fields = page_of("optional")
    assert send(fields, trade="food", more="wood", **{"page-asked": "trade,more"}).endswith("/papers/")
    assert send(trade="goods").endswith("/papers/")


def test_a_text_is_read_once_and_a_line_between_questions_holds_nobody_up(send: Send) -> None:
    page = send(page_of("text"), trade="food")
    assert "Your answer brings up something to read" in page
    assert '<a class="govuk-notification-banner__link" href="#more">Gas bottles must stand outside' in page
    assert "more question" not in page
    assert send(trade="food").endswith("/papers/")


def test_a_line_between_questions_holds_nobody_up(send: Send) -> None:
    assert send(page_of("divider"), trade="food").endswith("/papers/")


def test_what_stands_in_a_new_group_is_not_named_a_second_time(send: Send) -> None:
    page = send(page_of("group"), trade="food")
    assert "Your answer brings up 1 more question" in page
    assert 'href="#more"' in page
    assert 'href="#more-gas"' not in page


def test_a_value_that_is_worked_out_is_seen_before_going_on_where_no_script_shows_it(send: Send) -> None:
    fields = [
        {"key": "stalls", "type": "integer", "label": "How many stalls?"},
        {"key": "fee", "type": "calculated", "label": "The fee",
         "options": {"rule": "answers.stalls * 12", "result": "integer"}},
        {"key": "silent", "type": "calculated", "label": "Silent",
         "options": {"rule": "answers.stalls * 2", "result": "integer", "visible": False}},
    ]  # fmt: skip
    page = send(fields, stalls="3")
    assert 'href="#fee"' in page
    assert "<bdi>36</bdi>" in page
    assert "#silent" not in page
    assert send(stalls="3").endswith("/papers/")


def test_a_value_holds_nobody_up_whose_script_shows_it(send: Send) -> None:
    fields = [
        {"key": "stalls", "type": "integer", "label": "How many stalls?"},
        {"key": "fee", "type": "calculated", "label": "The fee",
         "options": {"rule": "answers.stalls * 12", "result": "integer"}},
    ]  # fmt: skip
    assert send(fields, stalls="3", **WINDOW).endswith("/papers/")


def test_a_question_that_appears_in_a_row_is_not_called_wrong_before_it_was_seen(send: Send) -> None:
    options = {"fields": CHILD, "item_label": "Child"}
    fields = [{"key": "children", "type": "repeating_group", "label": "Your children", "options": options}]
    rows = {"children-0-_": "1", "children-0-name": "Noor", "children-0-age": "7"}
    page = send(fields, **rows)
    assert 'name="children-0-school"' in page
    assert "govuk-error" not in page
    assert 'href="#children-0-school">Child 1: School<' in page
    wrong = send(**rows, **{"children-0-school": ""})
    assert 'href="#children-0-school"' in wrong
    assert "govuk-error-summary" in wrong
    assert send(**rows, **{"children-0-school": "North Quay"}).endswith("/papers/")


def test_what_is_missing_beside_a_new_question_is_still_called_missing(send: Send) -> None:
    options = {"fields": CHILD, "item_label": "Child"}
    fields = [{"key": "children", "type": "repeating_group", "label": "Your children", "options": options}]
    page = send(fields, **{"children-0-_": "1", "children-0-name": "", "children-0-age": "7"})
    assert 'href="#children-0-name"' in page
    assert "govuk-error-summary" in page
    assert 'id="children-0-school-error"' not in page


def test_adding_a_row_asks_for_nothing_else(send: Send) -> None:
    options = {"fields": CHILD, "item_label": "Child"}
    fields = [{"key": "children", "type": "repeating_group", "label": "Your children", "options": options}]
    row = {"children-0-_": "1", "children-0-name": "Noor", "children-0-age": "7"}
    page = send(fields, **row, **{"children-add": "1"})
    assert "brings up" not in page
    assert 'name="children-1-name"' in page


REGISTER = [
    {"key": "name", "type": "short_text", "label": "Name"},
    {"key": "company", "type": "lookup", "label": "Company number", "options": {
        "address": "https://register.example.org/{key}", "value_label": "Company name"}},
]  # fmt: skip


@pytest.mark.parametrize("script", [{}, WINDOW], ids=["no script", "script"])
def test_what_a_register_said_is_seen_before_going_on(
    send: Send, script: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    says = {"1": Found({"name": "Olive Ltd"}), "2": Found({"name": "Copper Ltd"})}
    monkeypatch.setattr(lookup, "look_up", lambda address, key: says[key])
    page = send(REGISTER, name="Leila", **{"company-key": "1"}, **script)
    assert "Check what we found, then continue" in page
    assert 'href="#company-key"' in page
    assert "<strong>Olive Ltd</strong>" in page
    assert "<strong>Copper Ltd</strong>" in send(name="Leila", **{"company-key": "2"}, **script)
    assert send(name="Leila", **{"company-key": "2"}, **script).endswith("/papers/")


def test_what_was_found_is_shown_beside_what_is_wrong_and_then_holds_nobody_up(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "look_up", lambda address, key: Found({"name": "Olive Ltd"}))
    page = send(REGISTER, name="", **{"company-key": "1"})
    assert 'href="#name"' in page
    assert "<strong>Olive Ltd</strong>" in page
    assert send(name="Leila", **{"company-key": "1"}).endswith("/papers/")


def test_a_register_that_is_away_or_knows_nothing_holds_up_no_more_than_before(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(address: str, key: str) -> Found:
        raise LookupAway("down")

    monkeypatch.setattr(lookup, "look_up", lambda address, key: Found(None))
    assert "has nothing under" in send(REGISTER, name="Leila", **{"company-key": "1"})
    monkeypatch.setattr(lookup, "look_up", away)
    assert "does not answer now" in send(name="Leila", **{"company-key": "1"})
    assert send(name="Leila", **{"company-key": "1", "company-value": "Mine"}).endswith("/papers/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_without_javascript_shows_what_is_new(
    licensing: Department,
    administrator: User,
    citizen: User,
    browser: Client,
    live_server: Any,
    browse: Callable[..., Page],
    language: str,
) -> None:
    package = deepcopy(PACKAGE)
    fields = package["forms"]["application"]["pages"][1]["fields"]
    fee = {"key": "fee", "type": "calculated", "label": "The fee"} | {"options": FEE}
    fields += [
        {**MORE["optional"], "key": "second", "show_when": HOT},
        {**MORE["text"], "show_when": HOT},
        fee,
    ]
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    draft = services.start_draft(citizen, Service.objects.get(pk=report.service.pk), language)
    browser.post(f"/apply/d/{draft.pk}/about_you/", {"owner": "Leila"})
    page = browse(PHONE, language=language, javascript=False)
    cookie = {"name": "sessionid", "value": browser.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{live_server.url}/apply/d/{draft.pk}/trade/")
    page.locator("#trade").check()
    page.locator("main button.govuk-button:not([aria-hidden])").click()
    page.locator(".govuk-notification-banner").wait_for()
    assert page.locator(".govuk-notification-banner__link").count() == 4
    assert not is_wider_than_the_window(page)
    keep_picture(page, f"brought-up-{language}")
    page.locator("#fuel").fill("gas")
    page.locator("main button.govuk-button:not([aria-hidden])").click()
    page.wait_for_url("**/kitchen/")
