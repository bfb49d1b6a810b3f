"""Which ways nobody has walked is told with names, and a service is walked by itself."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from portal.designer import saved_walks
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, let_in, problems_on
from tests.portal.designer.stall_permit import PERMIT
from workflows.models import Case, Scenario
from workflows.nodes.generate_document import DocumentStep
from workflows.services import import_package

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/stall-permit/try/"
PLAN = {"document": "x", "name": "plan.pdf", "size": 5, "type": "application/pdf"}
SMALL = json.dumps({"acts": [{"do": "apply", "answers": {"script": "Bread", "amount": 9, "plan": PLAN}}]})
GAP = 'href="/manage/licensing/stall-permit/design/#workflow/visit"'


@pytest.fixture
def trying(client: Client, licensing: Department, designer: User) -> Client:
    """A designer before a stall permit with one saved walk, of a small stall."""
    import_package(source=PERMIT, department=licensing, by=designer)
    client.force_login(designer)
    client.post(PAGE, {"keep": "save", "name": "Small", "script": SMALL})
    assert Scenario.objects.get().expected["outcome"] == "approved"
    return client


def test_ways_that_no_saved_walk_goes_are_listed_by_name_and_lead_to_the_step(trying: Client) -> None:
    page = trying.get(PAGE)
    gaps = {(gap.step, gap.to): gap for gap in page.context["gaps"]}
    assert {step for step, _ in gaps} == {"by_staff", "size", "visit", "correct"}
    assert gaps[("size", "Visit the place")].reached
    assert not gaps[("visit", "It may not stand")].reached
    text = page.content.decode()
    assert GAP in text and "not reached yet" in text
    assert page.context["percent"] < 100


def test_of_many_saved_walks_the_ways_are_counted_when_that_is_asked(
    trying: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_walks, "MOST_PLAYED", 0)
    opened = trying.get(PAGE)
    assert opened.context["coverage"] is None and "Play them all" in opened.content.decode()
    assert GAP in trying.post(PAGE, {"keep": "play"}).content.decode()


def test_a_service_is_walked_by_itself_and_what_broke_has_a_sentence(trying: Client) -> None:
    page = trying.post(PAGE, {"walk": "itself"})
    found = page.context["itself"]
    assert found["walks"] and found["moves"] and found["percent"] > 0
    assert "It may stand" in dict(found["ends"]) or "It may stand" in found["missed"]
    assert "Walked by itself" in page.content.decode()
    assert not Case.objects.exists()


def test_what_breaks_on_a_walk_is_told_with_its_step_and_the_way_there(
    trying: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(DocumentStep, "pdf", broken)
    page = trying.post(PAGE, {"walk": "itself"})
    assert page.context["itself"]["problems"]
    assert "broke here" in page.content.decode() or "failed for good" in page.content.decode()
    assert "How it came there" in page.content.decode()


def test_a_publisher_reads_the_trial_and_saves_nothing(
    trying: Client, publisher: User, foreign_clerk: User
) -> None:
    trying.force_login(publisher)
    page = trying.get(PAGE)
    assert page.status_code == 200 and "Small" in page.content.decode()
    assert "Save this one" not in page.content.decode()
    assert trying.post(PAGE, {"do": "apply"}).context["report"].stopped is None
    assert trying.post(PAGE, {"keep": "save", "name": "Mine", "script": SMALL}).status_code == 403
    assert trying.post(PAGE, {"keep": "remove", "name": "Small"}).status_code == 403
    assert [one.name for one in Scenario.objects.all()] == ["Small"]
    trying.force_login(foreign_clerk)
    assert trying.post(PAGE, {"walk": "itself"}).status_code in (403, 404)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_was_not_walked_is_in_order_at_every_width_and_leads_to_the_step(
    browse: Callable[..., Page],
    live_server: LiveServer,
    trying: Client,
    size: tuple[int, int],
    language: str,
) -> None:
    page = browse(size)
    let_in(page, trying, live_server.url, language=language)
    page.goto(f"{live_server.url}{PAGE}")
    page.locator("button[name=walk]").click()
    expect(page.locator("[aria-labelledby=by-itself] p[role=status]")).to_be_visible()
    for details in page.locator("[aria-labelledby=by-itself] details").all():
        details.locator("summary").click()
    assert not is_wider_than_the_window(page)
    assert problems_on(page) == []
    keep_picture(page, f"try-itself-{language}-{size[0]}")
    page.goto(f"{live_server.url}{PAGE}")
    page.locator(".try__gaps summary").click()
    assert problems_on(page) == []
    keep_picture(page, f"try-gaps-{language}-{size[0]}")
    page.locator(".try__gaps").get_by_role("link", name="Visit the place").first.click()
    expect(page.locator("main").get_by_text("Visit the place").first).to_be_visible()
    keep_picture(page, f"try-step-{language}-{size[0]}")
