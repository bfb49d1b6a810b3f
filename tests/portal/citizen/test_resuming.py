"""Coming back later by a link in a letter."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from engine.departments.models import User
from engine.messages.delivery import deliver_all
from engine.messages.models import Letter
from workflows import services
from workflows.models import Draft, ResumeLink
from workflows.services.resuming import AGAIN_AFTER

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def link(browser: Client, answer: Answer, draft: Draft) -> str:
    """The path that the letter leads to."""
    answer("about_you", owner="Leila")
    page = browser.post(f"/apply/d/{draft.pk}/come-back/", follow=True)
    assert "We have sent you an e-mail" in page.content.decode()
    return path_in(Letter.objects.get().text)


def path_in(text: str) -> str:
    found = re.search(r"/apply/d/link/[A-Za-z0-9_-]+/", text)
    assert found is not None
    return found[0]


def test_the_link_leads_to_the_draft_once(link: str, browser: Client, draft: Draft) -> None:
    assert browser.get(link)["Location"] == f"/apply/d/{draft.pk}/"
    again = browser.get(link)
    assert again.status_code == 410
    assert "works once" in again.content.decode()


def test_whoever_is_signed_out_signs_in_first_and_nothing_is_used_up(link: str, browser: Client) -> None:
    found = Client().get(link)
    assert found["Location"] == f"/accounts/login/?next={link}"
    assert browser.get(link).status_code == 302


@pytest.mark.parametrize("who", ["other_citizen", "clerk", "outsider"])
def test_nobody_else_gets_anywhere_or_uses_it_up(
    who: str, link: str, browser: Client, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(link).status_code == 410
    assert browser.get(link).status_code == 302


def test_the_database_holds_a_hash_and_the_letter_is_forgotten_when_it_has_left(
    link: str, draft: Draft, settings: Any
) -> None:
    token = link.split("/")[-2]
    assert ResumeLink.objects.get().token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_all()
    assert token in str(mail.outbox[0].body)
    letter = Letter.objects.get()
    assert (letter.text, letter.html) == ("", "")


def test_a_second_press_sends_nothing_and_a_later_one_ends_the_first_link(
    link: str, browser: Client, draft: Draft
) -> None:
    browser.post(f"/apply/d/{draft.pk}/come-back/")
    assert Letter.objects.count() == 1
    ResumeLink.objects.update(created_at=timezone.now() - AGAIN_AFTER)
    browser.post(f"/apply/d/{draft.pk}/come-back/")
    newest = path_in(Letter.objects.latest("created").text)
    assert newest != link
    assert browser.get(link).status_code == 410
    assert browser.get(newest).status_code == 302


def test_the_link_ends_with_its_draft(link: str, browser: Client, draft: Draft, citizen: User) -> None:
    Draft.objects.filter(pk=draft.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser.get(link).status_code == 410
    services.discard_draft(draft, by=citizen)
    assert ResumeLink.objects.count() == 0
    assert browser.get(link).status_code == 410


def test_after_sending_the_link_leads_to_what_was_sent(browser: Client, filled: Draft, citizen: User) -> None:
    browser.post(f"/apply/d/{filled.pk}/come-back/")
    link = path_in(Letter.objects.get().text)
    services.submit(filled, by=citizen, revision=filled.revision)
    assert browser.get(link, follow=True).redirect_chain[-1][0].endswith("/sent/")
    assert browser.post(f"/apply/d/{filled.pk}/come-back/")["Location"].endswith("/sent/")


def test_only_the_owner_asks_for_a_link(draft: Draft, other_citizen: User) -> None:
    assert signed_in(other_citizen).post(f"/apply/d/{draft.pk}/come-back/").status_code == 404
    assert Client().post(f"/apply/d/{draft.pk}/come-back/").status_code == 302
    assert not Letter.objects.exists()


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "%F0%9F%98%80", "..%2F.."])
def test_any_other_link_says_that_it_leads_nowhere(token: str, browser: Client) -> None:
    assert browser.get(f"/apply/d/link/{token}/").status_code in (404, 410)
