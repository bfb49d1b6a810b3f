"""My applications, one of them, its correction, and taking it back."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import User
from tests.portal.citizen.conftest import plan
from workflows import services
from workflows.models import Case, CaseState, Draft, WorkItem

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def text_of(page: Any) -> str:
    return str(page.content.decode())


def test_nothing_yet_says_where_to_begin(browser: Client) -> None:
    page = text_of(browser.get("/applications/"))
    assert "No applications yet" in page
    assert 'href="/services/"' in page


def test_their_turn_comes_first(browser: Client, returned: Case, draft: Draft) -> None:
    page = text_of(browser.get("/applications/"))
    assert "Waiting for you" in page
    assert "Please answer by" in page
    assert f"/applications/{returned.reference}/" in page


def test_the_page_says_what_state_whose_turn_and_until_when(browser: Client, sent: Case) -> None:
    page = text_of(browser.get(f"/applications/{sent.reference}/"))
    assert "Stall licence" in page
    assert "You applied" in page
    assert "We answer by" in page
    assert "Withdraw this application" in page
    assert "Please correct" not in page


def test_a_request_for_correction_names_the_answers_and_the_words_of_the_clerk(
    browser: Client, returned: Case
) -> None:
    page = text_of(browser.get(f"/applications/{returned.reference}/"))
    assert "Please correct 2 answers by" in page
    assert "The plan does not show the gas bottle." in page
    assert "Plan of the stall" in page
    assert "ends without a decision" in page


def correct(browser: Client, case: Case) -> str:
    found = browser.post(f"/applications/{case.reference}/correct/", follow=True)
    return str(found.redirect_chain[-1][0])


def test_only_the_named_answers_can_be_corrected(browser: Client, returned: Case) -> None:
    first = correct(browser, returned)
    page = text_of(browser.get(first))
    assert 'name="owner"' in page
    assert 'name="phone"' not in page
    assert "The plan does not show the gas bottle." in page
    draft = Draft.objects.get(work_item__isnull=False)
    posted = {"page-revision": draft.revision, "owner": "Leila H.", "phone": "smuggled in"}
    second = browser.post(first, posted)["Location"]
    assert second == f"/apply/d/{draft.pk}/papers/"
    check = browser.post(second, {"page-revision": 1, "plan": plan("new.pdf")})["Location"]
    shown = text_of(browser.get(check))
    assert "new.pdf" in shown
    assert "What will you sell?" not in shown
    draft.refresh_from_db()
    found = browser.post(check, {"revision": draft.revision})
    assert found["Location"] == f"/applications/{returned.reference}/"
    returned.refresh_from_db()
    assert returned.answers["owner"] == "Leila H."
    assert returned.answers.get("phone") is None
    assert returned.state == CaseState.BEING_CHECKED


def test_a_correction_is_not_sent_before_each_answer_was_looked_at(browser: Client, returned: Case) -> None:
    first = correct(browser, returned)
    draft = Draft.objects.get(work_item__isnull=False)
    assert browser.post(f"/apply/d/{draft.pk}/check/", {"revision": "0"})["Location"] == first
    assert browser.get(f"/apply/d/{draft.pk}/trade/")["Location"] == first


def test_an_answered_correction_is_not_begun_again(browser: Client, sent: Case) -> None:
    assert correct(browser, sent) == f"/applications/{sent.reference}/"
    assert not Draft.objects.filter(work_item__isnull=False).exists()


def test_withdrawing_asks_first_and_ends_the_case(browser: Client, sent: Case) -> None:
    address = f"/applications/{sent.reference}/withdraw/"
    assert "This cannot be undone" in text_of(browser.get(address))
    page = text_of(browser.post(address, follow=True))
    assert "Your application was withdrawn" in page
    sent.refresh_from_db()
    assert sent.state == CaseState.WITHDRAWN
    assert browser.post(address).status_code == 302


def test_a_refusal_says_why(browser: Client, sent: Case, clerk: User) -> None:
    item = WorkItem.objects.get(process=sent, finished=None)
    services.claim(item_id=item.pk, by=clerk)
    services.decide(item_id=item.pk, by=clerk, outcome="refuse", reason="Pitch 7 is taken.")
    page = text_of(browser.get(f"/applications/{sent.reference}/"))
    assert "Why we refused it" in page
    assert "Pitch 7 is taken." in page


@pytest.mark.parametrize("who", ["other_citizen", "clerk", "foreign_clerk", "administrator"])
def test_the_application_of_somebody_else_does_not_exist(
    who: str, sent: Case, request: pytest.FixtureRequest
) -> None:
    stranger = Client()
    stranger.force_login(request.getfixturevalue(who), backend=BACKEND)
    for address in ("", "correct/", "withdraw/", "copy.pdf", "certificates/TL-2026-000001.pdf"):
        assert stranger.get(f"/applications/{sent.reference}/{address}").status_code == 404
        assert stranger.post(f"/applications/{sent.reference}/{address}").status_code in (404, 405)
    sent.refresh_from_db()
    assert sent.finished is None
    assert sent.reference not in text_of(stranger.get("/applications/"))


@pytest.mark.parametrize(
    "reference", ["x", "TRL-2026-", "%00", "TRL-2026-1%00", "a" * 3000, "../../etc", "'--"]
)
def test_a_reference_that_is_none_is_not_found(reference: str, browser: Client) -> None:
    assert browser.get(f"/applications/{reference}/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(
    browser: Client, sent: Case, citizen: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _more in range(3):
        draft = services.start_draft(citizen, sent.service, "en")
        draft.answers = {"owner": "x"}
        draft.revision = 1
        draft.save()
    browser.get("/applications/")
    with django_assert_max_num_queries(6):
        browser.get("/applications/")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_is_there_in_every_language(language: str, browser: Client, returned: Case) -> None:
    browser.cookies["django_language"] = language
    for address in ("/applications/", f"/applications/{returned.reference}/", "/verify/"):
        page = browser.get(address)
        assert page.status_code == 200
        assert f'<html lang="{language}"' in text_of(page)
