"""Doing one thing with several cases, and what came of each."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import User
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows.models import Case, CaseNote, WorkItem
from workflows.services import claim

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ADDRESS = "/work/several/"


@pytest.fixture
def three(case: Case, apply: Callable[..., Case]) -> list[Case]:
    """Three applications that wait to be checked."""
    return [case, apply(applicant_name="Omar Said"), apply(applicant_name="Wei Chen")]


@pytest.fixture
def items(three: list[Case], item_at: Callable[[Case, str], int]) -> list[int]:
    """Their work items."""
    return [item_at(case, "check") for case in three]


def test_each_case_has_its_own_result(
    three: list[Case], items: list[int], clerk: User, supervisor: User, sign_in: SignIn
) -> None:
    claim(item_id=items[2], by=supervisor)
    browser = sign_in(clerk)
    assert 'formaction="/work/several/"' in browser.get("/work/?view=team").text
    assert "Select work items first." in browser.post(ADDRESS, follow=True).text
    asked = browser.post(ADDRESS, {"item": items}).text
    for words in ("Selected work items: 3", "End the step:", "Put on hold", "Write a note for staff"):
        assert words in asked
    assert "correct" not in asked.lower().split("end the step:")[-1].split("put on hold")[0]
    answer = browser.post(ADDRESS, {"item": items, "_action": "nonsense"})
    assert (answer.status_code, "Select what is to be done" in answer.text) == (422, True)
    refusing = {"item": items, "_action": "outcome:refuse"}
    assert browser.post(ADDRESS, refusing).status_code == 422  # the reason is missing
    assert not WorkItem.objects.filter(pk__in=items).exclude(finished=None).exists()

    done = browser.post(ADDRESS, {**refusing, "_reason": "The street is closed"}).text
    assert "2 of 3 done" in done
    assert "A colleague has this work now." in done
    assert all(case.reference in done for case in three)
    ended = WorkItem.objects.filter(pk__in=items[:2])
    assert {(item.outcome, item.data["reason"]) for item in ended} == {("refuse", "The street is closed")}
    again = browser.post(ADDRESS, {**refusing, "_reason": "Twice"}).text
    assert "0 of 3 done" in again


def test_cases_are_held_let_go_on_and_noted_once(
    three: list[Case], items: list[int], clerk: User, sign_in: SignIn
) -> None:
    browser = sign_in(clerk)
    assert browser.post(ADDRESS, {"item": items, "_action": "hold"}).status_code == 422
    held = browser.post(ADDRESS, {"item": items, "_action": "hold", "_reason": "Flood"}).text
    assert "3 of 3 done" in held
    assert Case.objects.filter(held_at=None).count() == 0
    accept = browser.post(ADDRESS, {"item": items, "_action": "outcome:accept"}).text
    assert accept.count("This case is on hold.") == 3
    assert "3 of 3 done" in browser.post(ADDRESS, {"item": items, "_action": "resume"}).text
    assert Case.objects.exclude(held_at=None).count() == 0
    key = "6d3b2b6e-3e49-4b0e-9f43-0a3a7a6f9c11"
    note = {"item": items, "_action": "note", "_reason": "Ask the fire brigade", "_key": key}
    for _ in range(2):
        assert "3 of 3 done" in browser.post(ADDRESS, note).text
    assert CaseNote.objects.count() == 3


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_both_pages_can_be_used_on_a_phone_and_a_desktop(
    three: list[Case], clerk: User, open_as: Callable[..., Page]
) -> None:
    for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
        page = open_as(clerk, **options)
        page.goto(f"{page.url.split('/work/')[0]}/work/?view=team")
        for box in page.locator("input[name=item]").all():
            box.check()
        page.locator("button[formaction='/work/several/']").click()
        page.locator("input[value=resume]").check()
        for name in ("ask", "done"):
            assert problems_on(page) == []
            assert not is_wider_than_the_window(page)
            keep_picture(page, f"several-{name}-{size}")
            if name == "ask":
                page.locator("main form .btn--primary").click()
                page.locator("td").first.wait_for()
