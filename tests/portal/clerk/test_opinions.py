"""Staff ask somebody outside again, or take a link back, on the page of the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.portal.citizen.opinions import key_in_letter, package_that_asks
from workflows import services
from workflows.models import Case, Opinion, Service, WorkItem
from workflows.starting import start_case

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[User], Client]


@pytest.fixture
def asked(licensing: Department, founder: User, citizen: User) -> WorkItem:
    """The step of a case that waits for the fire brigade."""
    report = services.import_package(source=package_that_asks(), department=licensing, by=founder)
    services.publish(service=report.service, by=founder)
    service = Service.objects.select_related("current").get(pk=report.service.pk)
    assert service.current is not None
    start_case(
        service.current,
        applicant=citizen,
        reference="STL-2026-000001",
        language="en",
        answers={"owner": "Leila Haddad", "trade": "goods"},
    )
    return WorkItem.objects.select_related("process").get(node_key="fire")


def test_a_new_link_is_sent_to_another_address(asked: WorkItem, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    page = client.post(
        f"/work/items/{asked.pk}/opinion/", {"_address": "second@example.org"}, follow=True
    ).text
    assert "A new link is on its way." in page
    assert "second@example.org" in page
    assert "asked for an outside opinion: Fire brigade" in page
    assert key_in_letter() not in page
    page = client.post(f"/work/items/{asked.pk}/opinion/back/", follow=True).text
    assert "The link leads nowhere any more." in page
    assert (
        "This is not open any more." in client.post(f"/work/items/{asked.pk}/opinion/back/", follow=True).text
    )


def test_what_is_no_address_is_said_and_stays(asked: WorkItem, clerk: User, sign_in: SignIn) -> None:
    answer = sign_in(clerk).post(f"/work/items/{asked.pk}/opinion/", {"_address": "the brigade"})
    assert answer.status_code == 422
    assert "Enter an e-mail address, like name@example.org" in answer.text
    assert 'value="the brigade"' in answer.text
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize("who", ["foreign_clerk", "auditor", "citizen"])
def test_who_does_not_work_here_changes_nothing(
    who: str, asked: WorkItem, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(request.getfixturevalue(who))
    for address in (f"/work/items/{asked.pk}/opinion/", f"/work/items/{asked.pk}/opinion/back/"):
        assert client.post(address, {"_address": "x@example.org"}).status_code in (403, 404)
    assert Opinion.objects.get().taken_back_at is None


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_opinion_on_the_case_has_no_problem_that_axe_knows(
    size: tuple[int, int], asked: WorkItem, clerk: User, open_as: Callable[..., Page], live_server: LiveServer
) -> None:
    page = open_as(clerk, size)
    page.goto(f"{live_server.url}/work/cases/{asked.process.reference}/")
    page.locator("details", has_text="Ask again").locator("summary").click()
    keep_picture(page, f"case-opinion-waiting-{size[0]}")
    assert problems_on(page) == []
    services.give_opinion(key=key_in_letter(), recommendation="with_conditions", text="Keep 3 m free.")
    page.reload()
    keep_picture(page, f"case-opinion-{size[0]}")
    assert problems_on(page) == []


def test_an_opinion_is_asked_for_beside_the_workflow_and_given_by_the_link(
    case: Case, clerk: User, auditor: User, sign_in: SignIn
) -> None:
    client, page = sign_in(clerk), f"/work/cases/{case.reference}/"
    assert f"{page}opinion/" in client.get(page).text
    assert "Working days to answer" in client.get(f"{page}opinion/").text
    wrong = client.post(f"{page}opinion/", {"_address": "nobody", "_days": "500"})
    assert wrong.status_code == 422
    for words in ("Enter an e-mail address", "Enter what you want to know", "from 1 to 90", "nobody"):
        assert words in wrong.text
    asked = {"_address": "harbour@example.org", "_question": "Is there room?", "_fields": "premises"}
    said = client.post(f"{page}opinion/", {**asked, "_days": "5"}, follow=True).text
    for words in ("The case goes on meanwhile.", "harbour@example.org", "Is there room?", "not answered yet"):
        assert words in said
    outside, key = Client(), key_in_letter()
    shown = outside.get("/opinion/", {"key": key}).text
    assert ("Is there room?" in shown, "3 Mill Lane" in shown, "Leila" in shown) == (True, True, False)
    given = {"key": key, "recommendation": "against", "text": "Too narrow."}
    assert outside.post("/opinion/", given).headers["Location"] == "/opinion/given/"
    assert "Too narrow." in client.get(page).text
    assert outside.post("/opinion/", given).status_code == 410

    client.post(f"{page}opinion/", {**asked, "_days": "5"})
    newest = Opinion.objects.latest("asked_at")
    back = f"{page}opinions/{newest.pk}/back/"
    assert "The link leads nowhere any more." in client.post(back, follow=True).text
    assert "This is not open any more." in client.post(back, follow=True).text
    assert sign_in(auditor).get(f"{page}opinion/").status_code == 403


@pytest.mark.browser
def test_the_page_that_asks_beside_the_workflow_can_be_used_everywhere(
    case: Case, clerk: User, open_as: Callable[..., Page]
) -> None:
    for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
        page = open_as(clerk, **options)
        page.goto(f"{page.url.split('/work/')[0]}/work/cases/{case.reference}/opinion/")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
        keep_picture(page, f"opinion-beside-{size}")
