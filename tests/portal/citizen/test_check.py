"""All answers once more, then sending them once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engine.departments.models import User
from workflows.models import Case, Draft

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]


def text_of(page: Any) -> str:
    return str(page.content.decode())


def send(browser: Client, draft: Draft, revision: int | str | None = None) -> Any:
    seen = draft.revision if revision is None else revision
    return browser.post(f"/apply/d/{draft.pk}/check/", {"revision": seen})


def test_every_answer_has_its_change_link(browser: Client, filled: Draft) -> None:
    page = text_of(browser.get(f"/apply/d/{filled.pk}/check/"))
    assert "Leila Haddad" in page
    assert "plan.pdf" in page
    assert f"/apply/d/{filled.pk}/about_you/?to=check#owner" in page
    assert f"/apply/d/{filled.pk}/papers/?to=check#plan" in page


def test_a_change_returns_to_the_check(browser: Client, filled: Draft, answer: Answer) -> None:
    page = text_of(browser.get(f"/apply/d/{filled.pk}/about_you/?to=check"))
    assert 'name="page-to" value="check"' in page
    found = answer("about_you", owner="Leila H.", **{"page-to": "check"})
    assert found["Location"] == f"/apply/d/{filled.pk}/check/"


def test_a_change_that_asks_something_new_leads_there_first(filled: Draft, answer: Answer) -> None:
    found = answer("trade", trade="food", fuel="gas", **{"page-to": "check"})
    assert found["Location"] == f"/apply/d/{filled.pk}/kitchen/"


def test_pressing_twice_the_back_button_and_two_windows_make_one_case(browser: Client, filled: Draft) -> None:
    first, second = send(browser, filled), send(browser, filled)
    assert first["Location"] == second["Location"] == f"/apply/d/{filled.pk}/sent/"
    assert Case.objects.count() == 1
    for address in ("", "about_you/", "check/"):
        assert browser.get(f"/apply/d/{filled.pk}/{address}")["Location"] == f"/apply/d/{filled.pk}/sent/"


def test_the_confirmation_names_the_reference_and_what_comes_next(browser: Client, filled: Draft) -> None:
    send(browser, filled)
    case = Case.objects.get()
    page = text_of(browser.get(f"/apply/d/{filled.pk}/sent/"))
    assert case.reference in page
    assert "We check your application" in page
    assert f"/applications/{case.reference}/copy.pdf" in page


def test_answers_that_changed_in_another_window_are_looked_at_again_before_sending(
    browser: Client, filled: Draft, answer: Answer
) -> None:
    seen = filled.revision
    answer("about_you", owner="Somebody else")
    page = text_of(send(browser, filled, seen))
    assert "changed in another window" in page
    assert "Somebody else" in page
    assert not Case.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 50, "\x00"])
def test_a_revision_that_is_none_sends_nothing(revision: str, browser: Client, filled: Draft) -> None:
    assert send(browser, filled, revision).status_code == 200
    assert not Case.objects.exists()


def test_nobody_else_can_send_it(filled: Draft, other_citizen: User) -> None:
    stranger = Client()
    stranger.force_login(other_citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert send(stranger, filled).status_code == 404
    assert not Case.objects.exists()
