"""Changing the course of a case in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import User
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows import services
from workflows.models import Case, CaseState, WorkItem

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ItemAt = Callable[[Case, str], int]


def course(case: Case, key: str) -> str:
    """The page of one change."""
    return f"/work/cases/{case.reference}/course/{key}/"


def test_only_what_is_possible_and_permitted_is_offered(
    case: Case, clerk: User, supervisor: User, foreign_clerk: User, sign_in: SignIn
) -> None:
    page, offered = f"/work/cases/{case.reference}/", sign_in(supervisor)
    assert "/course/move/" in offered.get(page).text
    assert "/course/undo/" not in offered.get(page).text
    assert "/course/" not in sign_in(clerk).get(page).text
    for stranger in (clerk, foreign_clerk):
        for key in ("move", "cancel", "archive"):
            assert sign_in(stranger).get(course(case, key)).status_code == 403
            assert sign_in(stranger).post(course(case, key)).status_code == 403
    assert "is not possible with this case now" in offered.get(course(case, "archive"), follow=True).text
    assert offered.get(course(case, "nonsense")).status_code == 404


def test_a_case_is_moved_after_a_step_and_a_reason_were_given(
    case: Case, supervisor: User, sign_in: SignIn
) -> None:
    client = sign_in(supervisor)
    empty = client.post(course(case, "move"), {"_step": "needs_visit", "_reason": ""})
    assert (empty.status_code, "Select a step" in empty.text, "Enter a reason" in empty.text) == (
        422,
        True,
        True,
    )
    sent = {"_step": "approve", "_reason": "Checked on paper"}
    said = client.post(course(case, "move"), sent, follow=True).text
    assert "The case is at another step now." in said
    assert "moved the case to “Approve”" in said
    assert WorkItem.objects.get(process=case, finished=None).node_key == "approve"


def test_a_clerk_undoes_a_slip(case: Case, clerk: User, item_at: ItemAt, sign_in: SignIn) -> None:
    services.decide(item_id=item_at(case, "check"), by=clerk, outcome="accept")
    client = sign_in(clerk)
    assert "the step waits again with who ended it" in client.get(course(case, "undo")).text
    assert "The last step is undone." in client.post(course(case, "undo"), follow=True).text
    assert WorkItem.objects.get(process=case, finished=None).owner == clerk


def test_a_case_is_cancelled_archived_brought_back_and_reopened(
    case: Case, supervisor: User, sign_in: SignIn
) -> None:
    client = sign_in(supervisor)
    client.post(course(case, "cancel"), {"_reason": "Sent twice"})
    assert Case.objects.get(pk=case.pk).state == CaseState.CANCELLED
    assert "Cancelled" in client.get(f"/work/cases/{case.reference}/").text
    client.post(course(case, "archive"))
    assert case.reference not in client.get("/work/cases/").text
    assert case.reference in client.get("/work/cases/?state=archive").text
    client.post(course(case, "unarchive"))
    said = client.post(course(case, "reopen"), {"_step": "check", "_reason": "Wrong one"}, follow=True).text
    assert "The case is open again." in said


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_can_be_used_on_a_phone_and_a_desktop(
    case: Case, supervisor: User, open_as: Callable[..., Page]
) -> None:
    for key in ("move", "cancel"):
        for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
            page = open_as(supervisor, **options)
            page.goto(f"{page.url.split('/work/')[0]}{course(case, key)}")
            page.locator(".ask button[type=submit]").click()
            assert problems_on(page) == []
            assert not is_wider_than_the_window(page)
            keep_picture(page, f"course-{key}-{size}")
