"""One page of questions: drawn, answered, kept, and on to the next."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import User
from engine.documents.models import Document
from tests.portal.citizen.conftest import plan
from workflows.models import Draft

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]


def text_of(page: Any) -> str:
    return str(page.content.decode())


def test_a_page_shows_its_questions_and_how_long_answers_are_kept(browser: Client, draft: Draft) -> None:
    page = text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))
    assert "<h1" in page
    assert "About you" in page
    assert 'name="owner"' in page
    assert "Step 1 of 4" in page
    assert "You can continue on another device until" in page


def test_a_right_answer_leads_to_the_next_page_and_is_saved(answer: Answer, draft: Draft) -> None:
    found = answer("about_you", owner="Leila Haddad")
    assert found["Location"] == f"/apply/d/{draft.pk}/trade/"
    draft.refresh_from_db()
    assert draft.answers["owner"] == "Leila Haddad"


def test_a_wrong_page_comes_back_with_everything_typed_and_links_to_each_field(
    answer: Answer, draft: Draft
) -> None:
    page = text_of(answer("about_you", owner="", phone="555 0100"))
    assert "Error:" in page
    assert 'href="#owner"' in page
    assert 'value="555 0100"' in page
    draft.refresh_from_db()
    assert draft.raw["about_you"]["phone"] == "555 0100"


def test_what_was_typed_and_not_accepted_is_there_on_another_device(
    answer: Answer, draft: Draft, citizen: User
) -> None:
    answer("about_you", owner="", phone="555 0100", **{"page-later": "yes"})
    other = Client()
    other.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = text_of(other.get(f"/apply/d/{draft.pk}/about_you/"))
    assert 'value="555 0100"' in page


def test_come_back_later_saves_and_says_where_to_go_on(answer: Answer, browser: Client, draft: Draft) -> None:
    found = answer("about_you", owner="Leila", **{"page-later": "yes"})
    assert found["Location"] == f"/apply/d/{draft.pk}/come-back/"
    assert "Your answers are saved" in text_of(browser.get(found["Location"]))
    assert f"/apply/d/{draft.pk}/" in text_of(browser.get("/applications/"))


def test_a_link_ahead_leads_back_to_the_first_unfinished_page(
    browser: Client, draft: Draft, answer: Answer
) -> None:
    first = f"/apply/d/{draft.pk}/about_you/"
    for ahead in ("trade", "papers", "kitchen", "no_such_page", "check", "sent"):
        assert browser.get(f"/apply/d/{draft.pk}/{ahead}/")["Location"] == first
    answer("about_you", owner="Leila")
    assert browser.get(f"/apply/d/{draft.pk}/")["Location"] == f"/apply/d/{draft.pk}/trade/"


def test_an_answer_brings_up_a_page_and_its_change_drops_the_answers_there(
    browser: Client, draft: Draft, answer: Answer
) -> None:
    answer("about_you", owner="Leila")
    assert answer("trade", trade="food", fuel="gas")["Location"].endswith("/kitchen/")
    answer("kitchen", hood="yes")
    assert answer("trade", trade="goods")["Location"].endswith("/papers/")
    answer("papers", plan=plan())
    assert "hood" not in text_of(browser.get(f"/apply/d/{draft.pk}/check/"))


def test_a_question_that_was_not_on_the_page_is_asked_and_not_called_wrong(answer: Answer) -> None:
    answer("about_you", owner="Leila")
    page = text_of(answer("trade", trade="food", **{"page-asked": "trade"}))
    assert "Your answer brings up 1 more question" in page
    assert "govuk-error-summary" not in page
    assert 'name="fuel"' in page
    again = text_of(answer("trade", trade="food", fuel="", **{"page-asked": "trade,fuel"}))
    assert 'href="#fuel"' in again


def test_an_upload_stays_when_another_answer_of_the_page_is_wrong_and_is_not_asked_again(
    answer: Answer, draft: Draft, browser: Client
) -> None:
    answer("about_you", owner="Leila")
    answer("trade", trade="goods")
    assert answer("papers", plan=plan())["Location"].endswith("/check/")
    assert answer("papers")["Location"].endswith("/check/")
    assert Document.objects.count() == 1
    assert "plan.pdf" in text_of(browser.get(f"/apply/d/{draft.pk}/papers/"))


def test_a_file_of_the_wrong_kind_is_refused_and_the_page_comes_back(answer: Answer) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer("about_you", owner="Leila")
    answer("trade", trade="goods")
    bad = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 not a pdf at all", "application/pdf")
    page = answer("papers", plan=bad)
    assert page.status_code == 200
    assert 'href="#plan"' in text_of(page)
    assert not Document.objects.exists()


def test_another_window_that_saved_the_same_page_is_shown_and_nothing_typed_is_lost(
    answer: Answer, draft: Draft
) -> None:
    answer("about_you", owner="From the other window")
    page = text_of(answer("about_you", revision=0, owner="Typed here"))
    assert "These answers were changed in another window" in page
    assert "From the other window" in page
    assert 'value="Typed here"' in page
    assert answer("about_you", owner="Typed here").status_code == 302
    draft.refresh_from_db()
    assert draft.answers["owner"] == "Typed here"


def test_another_window_on_another_page_is_no_conflict(answer: Answer) -> None:
    answer("about_you", owner="Leila")
    answer("trade", trade="goods")
    assert answer("about_you", revision=1, owner="Leila Haddad").status_code == 302


@pytest.mark.parametrize("who", ["other_citizen", "clerk", "supervisor", "foreign_clerk", "outsider"])
def test_nobody_else_reaches_a_draft(who: str, draft: Draft, request: pytest.FixtureRequest) -> None:
    stranger = Client()
    stranger.force_login(
        request.getfixturevalue(who), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    for address in ("", "about_you/", "check/", "sent/", "give-up/"):
        assert stranger.get(f"/apply/d/{draft.pk}/{address}").status_code == 404
    assert stranger.post(f"/apply/d/{draft.pk}/about_you/", {"owner": "x"}).status_code == 404
    draft.refresh_from_db()
    assert draft.answers == {}


HOSTILE = [
    "\x00",
    "\ud800",
    "a" * 100_000,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "' OR 1=1 --",
    "\u202e",
    "١٢٣",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_never_break_the_page(value: str, answer: Answer) -> None:
    value = value.encode("utf-8", "replace").decode()
    for extra in (
        {},
        {"page-revision": value},
        {"page-to": value},
        {"page-asked": value},
        {"page-token": value},
    ):
        found = answer("about_you", owner=value, **extra)
        assert found.status_code in (200, 302)
        assert "<script>alert(1)" not in text_of(found)
    answer("about_you", owner="Leila")
    assert answer("trade", trade=value, fuel=value).status_code in (200, 302)
    assert answer("papers", plan=value).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_page_with_more_than_is_taken_says_what_to_do_and_loses_nothing_that_was_saved(
    answer: Answer, browser: Client, draft: Draft, settings: LazySettings, language: str
) -> None:
    answer("about_you", owner="Leila")
    browser.cookies["django_language"] = language
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    found = answer("about_you", owner="Noor", **{f"more{number}": "x" for number in range(5)})
    assert found.status_code == 400
    said = {"en": "too large to be sent", "fr": "trop volumineuse", "ar": "أكبر من أن تُرسل"}
    assert said[language] in text_of(found)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100, 50
    urlencoded = browser.post(
        f"/apply/d/{draft.pk}/about_you/",
        "owner=" + "x" * 60,
        content_type="application/x-www-form-urlencoded",
    )
    assert said[language] in text_of(urlencoded)
    draft.refresh_from_db()
    assert draft.answers["owner"] == "Leila"


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "head"])
def test_other_methods_change_nothing(method: str, browser: Client, draft: Draft) -> None:
    assert getattr(browser, method)(f"/apply/d/{draft.pk}/about_you/").status_code in (200, 405)
    draft.refresh_from_db()
    assert draft.revision == 0


def test_a_page_costs_few_queries(
    browser: Client, draft: Draft, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser.get(f"/apply/d/{draft.pk}/about_you/")  # what a version means is read once by each process
    with django_assert_max_num_queries(3):
        browser.get(f"/apply/d/{draft.pk}/about_you/")
    with django_assert_max_num_queries(4):  # session and person, draft, save
        browser.post(f"/apply/d/{draft.pk}/about_you/", {"owner": "Leila", "page-revision": 0})
    with django_assert_max_num_queries(3):
        browser.get(f"/apply/d/{draft.pk}/trade/")
