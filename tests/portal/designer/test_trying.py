"""A designer plays a service through the browser, and nobody else can."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.messages.models import Letter
from portal.designer import saved_walks
from portal.designer.designs import open_design, save_design
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    let_in,
    problems_on,
)
from tests.workflows.complaints import COMPLAINT
from tests.workflows.published import text_of
from workflows.models import Case, Scenario, Service
from workflows.services import import_package

pytestmark = pytest.mark.django_db
SERVICE = "/manage/licensing/trade-licence/"
PAGE = f"{SERVICE}try/"


@pytest.fixture
def licence(licensing: Department, designer: User) -> None:
    """The trade licence of the demonstration, imported and not published."""
    import_package(source=text_of("licensing/trade-licence.yaml"), department=licensing, by=designer)


@pytest.fixture
def designing(client: Client, designer: User, licence: None) -> Client:
    client.force_login(designer)
    return client


def press(client: Client, **sent: Any) -> str:
    """Press a button of the page as it stood; the walk travels in it."""
    answer = client.post(PAGE, sent)
    assert answer.status_code == 200
    client.script = answer.context["script"]  # type: ignore[attr-defined]
    return answer.content.decode()


def test_a_walk_goes_on_with_each_press_and_the_real_page_is_shown(designing: Client) -> None:
    assert "Nothing here is real" in designing.get(PAGE).content.decode()
    page = press(designing, do="apply", sample="1")
    assert "Check documents" in page
    assert "srcdoc" in page and "TRL-" in page
    page = press(designing, script=designing.script, look="clerk")  # type: ignore[attr-defined]
    assert "Decision" in page or "Accept" in page
    assert Case.objects.count() == 0
    assert Letter.objects.count() == 0


def test_a_step_back_and_a_new_start_shorten_the_walk(designing: Client) -> None:
    press(designing, do="apply")
    press(designing, do="back", script=designing.script)  # type: ignore[attr-defined]
    assert '"acts":[]' in designing.script  # type: ignore[attr-defined]
    assert "fills in the form" in press(designing, do="restart", script=designing.script)  # type: ignore[attr-defined]


def test_a_walk_is_saved_opened_and_removed(designing: Client) -> None:
    press(designing, do="apply", sample="3")
    page = press(designing, keep="save", name="Sent in", script=designing.script)  # type: ignore[attr-defined]
    assert "The walk is saved" in page and "passes" in page
    assert Scenario.objects.get().name == "Sent in"
    assert "Check documents" in press(designing, keep="load", name="Sent in")
    press(designing, keep="remove", name="Sent in")
    assert not Scenario.objects.exists()


def test_saved_walks_are_played_when_the_page_is_opened_and_not_at_each_act(
    designing: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(designing, do="apply", sample="3")
    press(designing, keep="save", name="Sent in", script=designing.script)  # type: ignore[attr-defined]
    acted = press(designing, do="apply", sample="3")
    assert "Sent in" in acted and "passes" not in acted
    assert "passes" in designing.get(PAGE).content.decode()
    monkeypatch.setattr(saved_walks, "MOST_PLAYED", 0)
    opened = designing.get(PAGE).content.decode()
    assert "Sent in" in opened and "passes" not in opened


def test_a_walk_without_a_name_is_not_saved(designing: Client) -> None:
    press(designing, do="apply")
    assert "Give the walk a name" in press(designing, keep="save", name=" ", script=designing.script)  # type: ignore[attr-defined]
    assert not Scenario.objects.exists()


@pytest.mark.parametrize(
    "script", ["x", "[1]", '{"acts":[{"do":"fly"}]}', "[" * 100_000, '{"begins_at":"never"}', '{"acts":{}}']
)
def test_a_walk_that_cannot_be_read_begins_anew(designing: Client, script: str) -> None:
    page = press(designing, do="apply", script=script)
    assert "Check documents" in page


def test_what_is_pressed_too_early_says_why(designing: Client) -> None:
    page = press(designing, do="decide", step="check", outcome="accept")
    assert "Act 1 could not be done" in page


def test_a_service_with_something_to_mend_says_so_first(designing: Client) -> None:
    service = Service.objects.get()
    service.working["workflow"]["start"] = "nowhere"
    service.save()
    answer = designing.get(PAGE)
    assert answer.status_code == 422
    assert "Mend this first" in answer.content.decode()


def test_a_draft_with_something_to_mend_is_told_and_what_was_before_is_tried(
    designing: Client, designer: User
) -> None:
    pages = (PAGE, f"{SERVICE}translations/")
    service = Service.objects.get()
    design = open_design(service=service, by=designer)
    broken = {**design.document, "workflow": {}}
    save_design(service=service, by=designer, base=str(design.latest_revision_id), document=broken)
    for page in (*pages, SERVICE):
        answer = designing.get(page)
        assert answer.status_code == 200
        assert "you see here what it was before" in answer.content.decode()
    Service.objects.update(working=None)  # there was nothing before
    for page in pages:
        answer = designing.get(page)
        assert answer.status_code == 422
        assert "Mend this first" in answer.content.decode()
        assert "workflow.nodes" in answer.content.decode()
        assert f"{SERVICE}design/" in answer.content.decode()


def test_a_certificate_that_was_not_issued_is_not_there(designing: Client) -> None:
    assert designing.post(f"{PAGE}certificates/0.pdf", {"script": "{}"}).status_code == 404


@pytest.mark.parametrize("name", ["foreign_clerk", "clerk", "citizen"])
def test_who_does_not_design_here_is_refused(
    client: Client, licence: None, request: pytest.FixtureRequest, name: str
) -> None:
    client.force_login(request.getfixturevalue(name))
    for answer in (client.get(PAGE), client.post(PAGE, {"do": "apply"})):
        assert answer.status_code in (403, 404)
        assert "Check documents" not in answer.content.decode()


@pytest.fixture
def complaints(client: Client, licensing: Department, designer: User) -> Client:
    """A designer before a service that thinks in states."""
    import_package(source=COMPLAINT, department=licensing, by=designer)
    client.force_login(designer)
    return client


def test_a_service_of_states_is_played_with_the_names_of_who_may_act(complaints: Client) -> None:
    page = "/manage/licensing/complaint/try/"
    answer = complaints.post(page, {"do": "apply"})
    assert "Grievance officer" in answer.content.decode() and "Applicant" in answer.content.decode()
    acted = {"do": "decide", "step": "filed", "outcome": "assign", "script": answer.context["script"]}
    answer = complaints.post(page, acted)
    assert "Resolve" in answer.content.decode()
    assert answer.context["report"].stopped is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP, (1600, 1000)])
def test_the_page_is_in_order_at_every_width(
    browse: Callable[..., Page],
    live_server: LiveServer,
    designing: Client,
    size: tuple[int, int],
) -> None:
    page = browse(size)
    let_in(page, designing, live_server.url)
    page.goto(f"{live_server.url}{PAGE}")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Check documents")).to_be_visible()
    page.get_by_label("Reason or message").fill("The plan does not show the bottle.")
    page.get_by_role("button", name="Return").click()
    expect(page.get_by_text("Send the answers again")).to_be_visible()
    expect(page.frame_locator("iframe").get_by_text("The plan does not show the bottle.")).to_be_visible()
    assert not is_wider_than_the_window(page)
    assert problems_on(page) == []
    keep_picture(page, f"try-{size[0]}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_page_of_states_is_in_order_at_every_width(
    browse: Callable[..., Page],
    live_server: LiveServer,
    complaints: Client,
    size: tuple[int, int],
) -> None:
    page = browse(size)
    let_in(page, complaints, live_server.url)
    page.goto(f"{live_server.url}/manage/licensing/complaint/try/")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Assign Grievance officer")).to_be_visible()
    assert not is_wider_than_the_window(page)
    assert problems_on(page) == []
    keep_picture(page, f"try-states-{size[0]}")
