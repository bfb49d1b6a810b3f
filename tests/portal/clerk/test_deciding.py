"""Deciding a step: with and without a form, with a reason, sent back, too late, and by keys alone."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import User
from tests.chromium import wait_until_there
from workflows import services
from workflows.models import Case, CaseState, WorkItem

SignIn = Callable[[User], Client]
ItemAt = Callable[[Case, str], int]
FOUND = {"visited_on-day": "20", "visited_on-month": "11", "visited_on-year": "2026", "result": "suitable"}


def post(client: Client, item_id: int, **typed: Any) -> Any:
    """Press a button of the bar; our own names begin with a line."""
    named = {f"_{name}" if not name.startswith("form_") else name[5:]: value for name, value in typed.items()}
    return client.post(f"/work/items/{item_id}/decide/", named)


@pytest.fixture
def taken(case: Case, clerk: User, item_at: ItemAt) -> int:
    """The first step, taken by the clerk."""
    item_id = item_at(case, "check")
    services.claim(item_id=item_id, by=clerk)
    return item_id


@pytest.mark.django_db
def test_accepting_goes_on_to_the_next_work_item_of_the_view(
    apply: Callable[..., Case], case: Case, taken: int, clerk: User, sign_in: SignIn
) -> None:
    other, client = apply(), sign_in(clerk)
    answer = post(client, taken, outcome="accept", list="view=team&step=check")
    assert answer["Location"] == f"/work/cases/{other.reference}/?view=team&step=check"
    said = client.get(answer["Location"]).content.decode()
    assert f"{case.reference} is done: Accept, go to inspection" in said
    assert WorkItem.objects.filter(process=case, node_key="inspect", finished=None).exists()


@pytest.mark.django_db
def test_after_the_last_one_the_queue_is_shown(taken: int, clerk: User, sign_in: SignIn) -> None:
    assert post(sign_in(clerk), taken, outcome="accept", list="view=mine")["Location"] == "/work/?view=mine"


@pytest.mark.django_db
def test_refusing_asks_again_needs_a_reason_and_keeps_what_was_typed(
    case: Case, taken: int, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    asked = post(client, taken, outcome="refuse", reason="Not <allowed> here")
    assert asked.status_code == 200
    assert "Refuse the application of Leila Haddad?" in asked.content.decode()
    assert "Not &lt;allowed&gt; here" in asked.content.decode()
    without = post(client, taken, outcome="refuse", confirmed="yes", reason="  ")
    assert without.status_code == 422
    assert 'href="#confirm-reason"' in without.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.BEING_CHECKED
    post(client, taken, outcome="refuse", confirmed="yes", reason="Not allowed here")
    assert WorkItem.objects.get(pk=taken).data["reason"] == "Not allowed here"


@pytest.mark.django_db
def test_sending_back_names_answers_says_what_is_wrong_and_gives_days(
    case: Case, taken: int, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    asked = post(client, taken, outcome="return").content.decode()
    assert 'value="10"' in asked
    wrong = post(client, taken, outcome="return", confirmed="yes", days="0", fields="national", note="")
    assert wrong.status_code == 422
    for anchor in ("return-fields", "return-note", "return-days"):
        assert f'href="#{anchor}"' in wrong.content.decode()
    post(client, taken, outcome="return", confirmed="yes", days="4", fields=["plan"], note="The gas?")
    case.refresh_from_db()
    assert case.state == CaseState.WAITING_FOR_YOU
    assert WorkItem.objects.get(process=case, node_key="correct").data["fields"] == ["plan"]


@pytest.mark.django_db
def test_cancelling_goes_back_to_the_case_with_what_was_typed(
    taken: int, clerk: User, sign_in: SignIn
) -> None:
    answer = post(sign_in(clerk), taken, outcome="_back", reason="Half a thought")
    assert answer.status_code == 200
    assert "Half a thought" in answer.content.decode()


@pytest.mark.django_db
def test_a_step_with_a_form_keeps_everything_until_it_is_right(
    case: Case, taken: int, clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    services.decide(item_id=taken, by=clerk, outcome="accept")
    client, item_id = sign_in(clerk), item_at(case, "inspect")
    services.claim(item_id=item_id, by=clerk)
    wrong = client.post(
        f"/work/items/{item_id}/decide/",
        {"_outcome": "done", "_reason": "Seen", **FOUND, "result": "unsuitable"},
    )
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'href="#notes"' in page
    assert 'value="2026"' in page
    assert ">Seen</textarea>" in page
    right = client.post(f"/work/items/{item_id}/decide/", {"_outcome": "done", **FOUND})
    assert right.status_code == 302
    case.refresh_from_db()
    assert case.work["inspect"]["result"] == "suitable"


@pytest.mark.django_db
def test_refusing_after_the_visit_carries_the_form_through_the_page_that_asks(
    case: Case, taken: int, clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    services.decide(item_id=taken, by=clerk, outcome="accept")
    client, item_id = sign_in(clerk), item_at(case, "inspect")
    asked = client.post(f"/work/items/{item_id}/decide/", {"_outcome": "refuse", **FOUND})
    for name, value in FOUND.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in asked.content.decode()
    sent = {"_outcome": "refuse", "_confirmed": "yes", "_reason": "No second exit", **FOUND}
    assert client.post(f"/work/items/{item_id}/decide/", sent).status_code == 302
    case.refresh_from_db()
    assert case.work["inspect"]["outcome"] == "refuse"


@pytest.mark.django_db
def test_who_comes_too_late_reads_who_decided_and_keeps_the_note(
    case: Case, taken: int, clerk: User, second_clerk: User, sign_in: SignIn
) -> None:
    services.decide(item_id=taken, by=clerk, outcome="accept")
    late = post(sign_in(second_clerk), taken, outcome="refuse", reason="I wrote this for long")
    page = late.content.decode()
    assert late.status_code == 409
    assert "Noor Amari decided this case at" in page
    assert "Your note is kept below." in page
    assert "I wrote this for long" in page


@pytest.mark.django_db
def test_pressing_twice_decides_once_and_says_so(
    case: Case, taken: int, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    assert post(client, taken, outcome="accept").status_code == 302
    again = post(client, taken, outcome="accept")
    assert again.status_code == 409
    assert "You decided this case already, at" in again.content.decode()
    assert WorkItem.objects.filter(process=case, node_key="inspect").count() == 1


@pytest.mark.django_db
def test_work_of_a_colleague_is_not_decided(
    case: Case, taken: int, second_clerk: User, sign_in: SignIn
) -> None:
    assert post(sign_in(second_clerk), taken, outcome="accept").status_code == 409
    assert WorkItem.objects.get(pk=taken).finished is None


@pytest.mark.django_db
def test_who_checked_does_not_approve(case: Case, supervisor: User, item_at: ItemAt, sign_in: SignIn) -> None:
    services.decide(item_id=item_at(case, "check"), by=supervisor, outcome="accept")
    found = {"visited_on": "2026-11-20", "result": "suitable"}
    services.decide(item_id=item_at(case, "inspect"), by=supervisor, outcome="done", answers=found)
    answer = post(sign_in(supervisor), item_at(case, "approve"), outcome="approve")
    assert answer.status_code == 409
    assert "You did “Check documents” in this case" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["", "nonsense", "\x00", "a" * 500])
def test_an_outcome_that_is_none_shows_the_case_again(
    outcome: str, taken: int, clerk: User, sign_in: SignIn
) -> None:
    answer = post(sign_in(clerk), taken, outcome=outcome, reason="Kept")
    assert answer.status_code == 422
    assert ">Kept</textarea>" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_clerk_works_through_a_case_with_keys_alone(
    case: Case, apply: Callable[..., Case], clerk: User, open_as: Callable[..., Page], item_at: ItemAt
) -> None:
    apply(business_name="Harbour Bikes")
    page = open_as(clerk)
    press = page.keyboard.press
    press("j")
    press("j")
    press("k")
    press("x")
    assert page.locator("[data-selected]").inner_text() == "1 selected"
    press("Escape")
    assert not page.locator(".bulk").is_visible()
    press("Enter")
    page.wait_for_url(f"**/cases/{case.reference}/**")
    press("t")
    page.get_by_text("Yours since").wait_for()
    wait_until_there(page)  # a key that is pressed before the script is there does nothing
    page.get_by_role("button", name="Show National ID number").click()
    page.get_by_text("Shown to you now").wait_for()
    assert "8802 0211 4471" in page.locator("#answer-applicant_national_id").inner_text()
    press("d")
    page.get_by_role("heading", name="Refuse the application of Leila Haddad?").wait_for()
    page.get_by_role("button", name="Cancel").press("Enter")
    page.get_by_role("button", name="Cancel").wait_for(state="detached")
    wait_until_there(page)
    page.locator("#case-reason").fill("All in order")
    page.locator("h1").click()
    press("a")
    assert WorkItem.objects.get(pk=item_at(case, "check")).finished is None
    page.get_by_role("dialog", name="end this step now?").wait_for()
    press("Enter")
    page.get_by_text(f"{case.reference} is done: Accept, go to inspection").wait_for()
    assert WorkItem.objects.get(process=case, node_key="check").data["reason"] == "All in order"
    assert urljoin(page.url, "/work/") in page.url
