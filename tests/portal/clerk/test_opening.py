"""Staff open cases that nobody applied for."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import User
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.inspections import FORM, Published, by_calendar, by_staff, inspection
from workflows.models import Case, Draft, Service

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OPEN = "/work/open/licensing/inspection/opened/"


@pytest.fixture
def at_once(published: Published) -> Service:
    return published(inspection(by_staff()))


def test_the_page_of_cases_leads_to_what_one_may_open(at_once: Service, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    assert 'href="/work/open/"' in client.get("/work/cases/").content.decode()
    page = client.get("/work/open/").content.decode()
    assert "Open an inspection" in page
    assert f'action="{OPEN}"' in page


def test_one_press_opens_one_case_and_shows_it(at_once: Service, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    press = re.search(r'name="press" value="([^"]+)"', client.get("/work/open/").content.decode())
    answers = [client.post(OPEN, {"press": press[1]}) for _ in range(2)]
    case = Case.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/work/cases/{case.reference}/"}
    assert "opened the case" in client.get(f"/work/cases/{case.reference}/").content.decode()


def test_a_form_is_filled_in_first(published: Published, clerk: User, sign_in: SignIn) -> None:
    published(inspection(by_staff(form="inspection"), forms={"inspection": FORM}))
    client = sign_in(clerk)
    answer = client.post(OPEN)
    draft = Draft.objects.get()
    assert (answer["Location"], draft.start) == (f"/apply/d/{draft.pk}/", "opened")
    client.post(f"/apply/d/{draft.pk}/where/", {"place": "Old Harbour", "revision": draft.revision})
    client.post(f"/apply/d/{draft.pk}/check/", {"revision": Draft.objects.get().revision})
    assert Case.objects.get().answers == {"place": "Old Harbour"}


def test_who_may_open_nothing_is_refused(
    at_once: Service, foreign_clerk: User, citizen: User, sign_in: SignIn
) -> None:
    for user in (foreign_clerk, citizen):
        client = sign_in(user)
        assert {client.get("/work/open/").status_code, client.post(OPEN).status_code} == {403}
    assert not Case.objects.exists()


def test_who_may_open_nothing_sees_no_button(at_once: Service, foreign_clerk: User, sign_in: SignIn) -> None:
    assert 'href="/work/open/"' not in sign_in(foreign_clerk).get("/work/cases/").content.decode()


def test_a_service_that_is_not_there_or_a_broken_mark_is_no_fault(
    at_once: Service, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    assert client.post("/work/open/licensing/nothing/opened/").status_code == 404
    assert client.post("/work/open/licensing/inspection/inspect/").status_code == 403
    assert client.post(OPEN, {"press": "'\"><script>"}).status_code == 302


def test_a_service_that_was_archived_meanwhile_is_gone(
    at_once: Service, clerk: User, sign_in: SignIn
) -> None:
    Service.objects.filter(pk=at_once.pk).update(archived_at=at_once.current.published_at)
    assert sign_in(clerk).post(OPEN).status_code == 410


def test_nobody_can_apply_for_what_only_staff_and_the_calendar_open(
    at_once: Service, published: Published, citizen: User, sign_in: SignIn
) -> None:
    published(inspection(by_calendar(), key="monthly"))
    client = sign_in(citizen)
    for key in ("inspection", "monthly"):
        assert client.get(f"/apply/licensing/{key}/").status_code == 404
    assert "Inspect a market" not in client.get("/licensing/").content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_page_has_no_problem_that_axe_knows(
    size: tuple[int, int], language: str, published: Published, clerk: User, open_as: Callable[..., Page]
) -> None:
    starts = (by_staff(form="inspection"), by_staff("urgent", title="Open an urgent inspection"))
    published(inspection(*starts, forms={"inspection": FORM}))
    page = open_as(clerk, size, language=language)
    for address in ("/work/cases/", "/work/open/"):
        page.goto(urljoin(page.url, address))
        keep_picture(page, f"{address.split('/')[2]}-{language}-{size[0]}")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
