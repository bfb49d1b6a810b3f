"""What the script adds to questions: counting, offering, narrowing, keeping apart, drawing."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from engine.departments.models import Department, User
from tests.chromium import PHONE, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.forms_library.examples import OPTIONS
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Draft, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIELDS: list[dict[str, Any]] = [
    {"key": "story", "type": "long_text", "label": "Your story", "options": {"max_words": 5}},
    {
        "key": "land",
        "type": "autocomplete",
        "label": "Country",
        "options": {"list": "countries"},
        "hint": "Where",
    },
    {"key": "goods", "type": "linked", "label": "Goods", "options": OPTIONS["linked"]},
    {"key": "sold", "type": "checkbox_group", "label": "Sold", "options": OPTIONS["checkbox_group"]},
    {"key": "signed", "type": "drawn_signature", "label": "Signature"},
]


@pytest.fixture
def begun(licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft whose first page asks what scripts help with."""
    package = deepcopy(PACKAGE)
    package["forms"]["application"]["pages"][0]["fields"] = FIELDS
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")


@pytest.fixture
def page(begun: Draft, citizen: User, live_server: Any, browse: Callable[..., Page]) -> Page:
    """That page on a phone."""
    opened, session = browse(PHONE), Client()
    session.force_login(citizen, backend=BACKEND)
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
    opened.context.add_cookies([cookie])  # type: ignore[list-item]
    opened.goto(f"{live_server.url}/apply/d/{begun.pk}/about_you/")
    return opened


def test_words_are_counted_while_somebody_types(page: Page) -> None:
    line = page.locator("#story-count")
    expect(line).to_have_text("Words left: 5")
    page.locator("#story").fill("one two  three\nfour")
    expect(line).to_have_text("Words left: 1")
    page.locator("#story").fill("one two three four five six seven")
    expect(line).to_have_text("Words too many: 2")
    keep_picture(page, "script-count")


def test_countries_are_offered_by_the_server_and_taken_by_keyboard(page: Page) -> None:
    box = page.locator("#land-typed")
    box.focus()
    page.keyboard.type("guin")
    options = page.locator("#land-typed-list [role=option]")
    expect(options).to_have_count(4)
    assert box.get_attribute("aria-expanded") == "true"
    keep_picture(page, "script-suggest")
    assert problems_on(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "land-typed-list-1"
    page.keyboard.press("Enter")
    assert box.input_value() == "Guinea-Bissau"
    expect(options.first).to_be_hidden()
    assert page.url.endswith("/about_you/")
    assert "land-hint" in (box.get_attribute("aria-describedby") or "")


def test_several_answers_are_asked_back_as_a_list_to_pick_from(page: Page, begun: Draft) -> None:
    page.locator("#land-typed").fill("guinea b")
    page.locator("#land-typed").fill("korea")
    page.locator("main button.govuk-button:not([aria-hidden])").click()
    picks = page.locator("fieldset.cw-picks input[type=radio]")
    expect(picks).to_have_count(2)
    assert problems_on(page) == []
    keep_picture(page, "script-picks")
    page.get_by_label("South Korea").check()
    page.locator("#signed-name").fill("Leila")
    page.locator("#story").fill("one")
    page.locator("#goods-sort").select_option("craft")
    page.locator("#goods-goods").select_option("craft/other")
    page.locator("#sold").check()
    page.locator("main button.govuk-button:not([aria-hidden])").click()
    page.wait_for_url("**/trade/")
    begun.refresh_from_db()
    assert begun.answers["land"] == "KR"


def test_the_second_list_offers_what_belongs_to_the_first(page: Page) -> None:
    first, second = page.locator("#goods-sort"), page.locator("#goods-goods")
    first.select_option("food")
    assert second.locator("optgroup:not([hidden])").evaluate_all("all => all.map(one => one.label)") == [
        "Food"
    ]
    second.select_option("food/hot")
    first.select_option("craft")
    assert second.input_value() == ""


def test_none_of_these_stands_alone(page: Page) -> None:
    page.locator("#sold").check()
    page.get_by_label("None of these").check()
    assert not page.locator("#sold").is_checked()
    page.locator("#sold").check()
    assert not page.get_by_label("None of these").is_checked()


def test_a_signature_is_drawn_kept_and_shown(page: Page) -> None:
    page.locator("#signed-name").fill("Leila Haddad")
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 60 + (30 if step % 2 else -30))
    page.mouse.up()
    drawn = page.locator("#signed-drawing").input_value()
    assert drawn.startswith("M") and drawn.count("L") >= 8
    keep_picture(page, "script-signature")
    page.locator("main button.govuk-button:not([aria-hidden])").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert page.locator("#signed-drawing").input_value() == drawn
    page.get_by_role("button", name="Clear the drawing").click()
    assert page.locator("#signed-drawing").input_value() == ""
