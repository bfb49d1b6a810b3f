"""Putting a case on hold in the browser, and why something is due when it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from engine.departments.models import User
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows import services
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
WHY = "The court has not ruled yet"


def test_a_clerk_holds_a_case_and_lets_it_go_on(case: Case, clerk: User, sign_in: SignIn) -> None:
    client, address = sign_in(clerk), f"/work/cases/{case.reference}/"
    assert f'href="{address}hold/"' in client.get(address).text
    assert f"Put {case.reference} on hold?" in client.get(f"{address}hold/").text
    page = client.post(f"{address}hold/", {"_reason": WHY}, follow=True).text
    assert f"{case.reference} is on hold." in page
    assert "On hold since" in page
    assert WHY in page
    assert "This case is on hold, so nobody can decide it now." in page
    assert f'href="{address}hold/"' not in page
    page = client.post(f"{address}resume/", follow=True).text
    assert f"{case.reference} goes on." in page
    assert "let the case go on" in page
    case.refresh_from_db()
    assert case.held_at is None


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Enter a reason"),
        ({"_reason": " \x00"}, "Enter a reason"),
        ({"_reason": WHY, "_until": "tomorrow"}, "Enter a date, like 2026-12-24"),
        ({"_reason": WHY, "_until": "2020-01-01"}, "Enter a day after today, within five years"),
        ({"_reason": WHY, "_until": "9999-12-31"}, "Enter a day after today, within five years"),
    ],
)
def test_what_is_wrong_is_said_beside_the_input_and_keeps_what_was_typed(
    sent: dict[str, str], sentence: str, case: Case, clerk: User, sign_in: SignIn
) -> None:
    answer = sign_in(clerk).post(f"/work/cases/{case.reference}/hold/", sent)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2  # in the summary and beside the input
    assert (WHY in answer.text) is (sent.get("_reason") == WHY)
    case.refresh_from_db()
    assert case.held_at is None


def test_twice_is_refused_in_words(case: Case, clerk: User, second_clerk: User, sign_in: SignIn) -> None:
    services.hold(reference=case.reference, by=second_clerk, reason=WHY)
    client, address = sign_in(clerk), f"/work/cases/{case.reference}/"
    said = client.post(f"{address}hold/", {"_reason": "Mine"}, follow=True).text
    assert "This case is on hold. Let it go on first." in said
    client.post(f"{address}resume/")
    assert "This case is not on hold any more." in client.post(f"{address}resume/", follow=True).text


def test_who_only_reads_holds_nothing(case: Case, auditor: User, sign_in: SignIn) -> None:
    client, address = sign_in(auditor), f"/work/cases/{case.reference}/"
    assert f'href="{address}hold/"' not in client.get(address).text
    answers = [
        client.get(f"{address}hold/"),
        client.post(f"{address}hold/", {"_reason": WHY}),
        client.post(f"{address}resume/"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_the_applicant_is_told_that_all_times_stand_still(
    case: Case, clerk: User, citizen: User, sign_in: SignIn
) -> None:
    services.hold(reference=case.reference, by=clerk, reason=WHY)
    page = sign_in(citizen).get(f"/applications/{case.reference}/").text
    assert "We put your application on hold on" in page
    assert WHY not in page  # the reason is for colleagues


def test_the_case_says_why_it_is_due_then(case: Case, clerk: User, sign_in: SignIn) -> None:
    page = sign_in(clerk).get(f"/work/cases/{case.reference}/").text
    assert "Decision on the case" in page
    assert "10 working days from" in page
    ledger = sign_in(clerk).get(f"/work/cases/{case.reference}/history/").text
    assert "The ledger of the clocks of this case" in ledger
    assert "10 working days, due" in ledger


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("size", "language"), [((1280, 900), "en"), (PHONE, "ar")])
def test_holding_in_a_browser(
    case: Case, clerk: User, open_as: Callable[..., Page], size: tuple[int, int], language: str
) -> None:
    page, name = open_as(clerk, size, language=language), f"{size[0]}-{language}"
    address = f"{page.url}cases/{case.reference}/"
    page.goto(address)
    page.locator(".clocks > summary").click()
    expect(page.locator(".clocks section").first).to_be_visible()
    keep_picture(page, f"clocks-{name}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    page.goto(f"{address}hold/")
    page.locator("main button[type=submit]").click()
    expect(page.locator("#hold-reason-error")).to_be_visible()
    keep_picture(page, f"hold-{name}")
    assert problems_on(page) == []
    page.locator("#hold-reason").fill(WHY)
    page.locator("#hold-until").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.locator("main button[type=submit]").click()
    expect(page.locator(".said--wait")).to_be_visible()
    keep_picture(page, f"held-{name}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    page.goto(f"{address}history/")
    keep_picture(page, f"ledger-{name}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
