"""What the script adds to questions: counting, offering, narrowing, keeping apart, drawing."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from engine.departments.models import Department, User
from tests.chromium import PHONE, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.forms_library.examples import OPTIONS
from tests.portal.citizen.conftest import PACKAGE, plan
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
    {"key": "sketch", "type": "file", "label": "Plan", "required": False},
    {
        "key": "small",
        "type": "file",
        "label": "Small plan",
        "required": False,
        "options": {"max_megabytes": 1},
    },
    {"key": "papers", "type": "files", "label": "Papers", "required": False},
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
    page.locator("main button.govuk-button:not(.govuk-button--secondary):not([aria-hidden])").click()
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
    page.locator("main button.govuk-button:not(.govuk-button--secondary):not([aria-hidden])").click()
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
    page.locator("main button.govuk-button:not(.govuk-button--secondary):not([aria-hidden])").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert page.locator("#signed-drawing").input_value() == drawn
    page.get_by_role("button", name="Clear the drawing").click()
    assert page.locator("#signed-drawing").input_value() == ""


# --- files go on their way as soon as they are chosen
def payload(name: str = "plan.pdf", size: int = 0) -> FilePayload:
    """A PDF, followed by as many bytes as wanted."""
    return {"name": name, "mimeType": "application/pdf", "buffer": plan().read() + b"\n" * size}


def slow_down(page: Page, bytes_a_second: int) -> None:
    """Let what is sent take its time."""
    conditions = {
        "offline": False,
        "latency": 0,
        "downloadThroughput": -1,
        "uploadThroughput": bytes_a_second,
    }
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


def test_a_chosen_file_is_sent_shown_and_announced_and_the_focus_stays(page: Page, begun: Draft) -> None:
    page.locator("#story").fill("one")
    page.locator("#sketch").focus()
    page.locator("#sketch").set_input_files(payload())
    expect(page.locator(".cw-kept")).to_contain_text("plan.pdf")
    expect(page.locator("#page-said")).to_have_text("plan.pdf was added.")
    assert page.evaluate("document.activeElement.id") == "sketch"
    assert page.locator("#sketch").evaluate("input => input.files.length") == 0
    assert page.locator("#story").input_value() == "one"
    expect(page.locator(".cw-sending")).to_have_count(0)
    keep_picture(page, "script-file-kept")
    assert problems_on(page) == []
    begun.refresh_from_db()
    assert begun.answers["sketch"]["name"] == "plan.pdf"


def test_several_files_come_one_after_the_other(page: Page, begun: Draft) -> None:
    expect(page.locator(".cw-upload")).to_be_hidden()  # nobody needs to press it
    for number, name in enumerate(("a.pdf", "b.pdf"), 1):
        page.locator("#papers").set_input_files(payload(name))
        expect(page.locator(".cw-files li")).to_have_count(number)
    begun.refresh_from_db()
    assert [file["name"] for file in begun.answers["papers"]] == ["a.pdf", "b.pdf"]


def test_a_file_over_the_limit_is_refused_in_words_and_never_sent(page: Page, begun: Draft) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("#small").set_input_files(payload("large.pdf", size=1_000_001))
    said = "large.pdf is larger than 1 MB, so it was not sent. Choose a smaller file"
    expect(page.locator("p.govuk-error-message")).to_have_text(said)
    expect(page.locator("#page-said")).to_have_text(said)
    assert "POST" not in sent
    keep_picture(page, "script-file-too-large")
    assert problems_on(page) == []
    page.locator("#small").set_input_files(payload("small.pdf"))
    expect(page.locator(".cw-kept")).to_contain_text("small.pdf")
    expect(page.locator("p.govuk-error-message")).to_have_count(0)


def test_progress_is_shown_and_sending_can_be_stopped(page: Page, begun: Draft) -> None:
    slow_down(page, 60_000)
    page.locator("#sketch").set_input_files(payload(size=600_000))
    bar = page.locator(".cw-sending progress")
    expect(bar).to_be_visible()
    expect(bar).not_to_have_js_property("value", 0)
    expect(page.locator(".cw-sending [role=status]")).to_contain_text("plan.pdf")
    keep_picture(page, "script-file-sending")
    assert problems_on(page) == []
    page.get_by_role("button", name="Stop sending").click()
    expect(page.locator(".cw-sending")).to_have_count(0)
    expect(page.locator("#page-said")).to_have_text("plan.pdf was not sent")
    expect(page.locator("#sketch")).to_be_focused()
    begun.refresh_from_db()
    assert "sketch" not in begun.answers


def test_continue_waits_for_a_file_that_is_under_way(page: Page, begun: Draft) -> None:
    page.locator("#story").fill("one")
    page.locator("#land-typed").fill("Portugal")
    page.locator("#goods-sort").select_option("craft")
    page.locator("#goods-goods").select_option("craft/other")
    page.locator("#sold").check()
    page.locator("#signed-name").fill("Leila")
    slow_down(page, 200_000)
    page.locator("#papers").set_input_files(payload(size=400_000))
    page.locator("main button.govuk-button:not(.govuk-button--secondary):not([aria-hidden])").click()
    page.wait_for_url("**/trade/")
    begun.refresh_from_db()
    assert [file["name"] for file in begun.answers["papers"]] == ["plan.pdf"]


def test_a_file_that_cannot_be_sent_is_said_and_goes_with_continue(page: Page, begun: Draft) -> None:
    page.route(
        "**/about_you/",
        lambda route: route.abort() if route.request.headers.get("hx-request") else route.fallback(),
    )
    page.locator("#sketch").set_input_files(payload())
    expect(page.locator("[data-not-sent]")).to_contain_text("plan.pdf could not be sent")
    expect(page.locator("#page-said")).to_contain_text("plan.pdf could not be sent")
    keep_picture(page, "script-file-failed")
    assert page.locator("#sketch").evaluate("input => input.files.length") == 1
    page.locator("main button.govuk-button:not(.govuk-button--secondary):not([aria-hidden])").click()
    page.locator(".govuk-error-summary").wait_for()
    begun.refresh_from_db()
    assert begun.answers["sketch"]["name"] == "plan.pdf"


def test_a_file_that_is_refused_is_complained_about_at_its_question(page: Page) -> None:
    wrong: FilePayload = {"name": "stall.pdf", "mimeType": "application/pdf", "buffer": b"MZ no pdf at all"}
    page.locator("#sketch").set_input_files(wrong)
    expect(page.locator(".govuk-error-summary a")).to_have_text(
        ["stall.pdf could not be used. Add a PDF, JPG or PNG of up to 10 MB"]
    )
    expect(page.locator("#page-said")).to_contain_text("stall.pdf could not be used")
    assert page.title().startswith("Error:")
    page.locator("#sketch").set_input_files(payload())
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator("#page-said")).to_contain_text("Put right: Plan")
