"""A session that ends in the middle of a form: sign in, and the page with its answers is there."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from engine.departments.models import User
from engine.documents.models import Document
from portal.citizen.page_token import GOOD_FOR, page_token, was_drawn_for
from tests.portal.citizen.conftest import plan
from workflows.models import Draft

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def text_of(page: Any) -> str:
    return str(page.content.decode())


def sign_out_and_post(browser: Client, draft: Draft, page: str, **data: Any) -> Any:
    browser.logout()
    return browser.post(f"/apply/d/{draft.pk}/{page}/", {"page-revision": draft.revision, **data})


def test_what_was_typed_is_there_after_signing_in(browser: Client, draft: Draft, citizen: User) -> None:
    found = sign_out_and_post(browser, draft, "about_you", owner="Leila Haddad", phone="555")
    assert found["Location"] == f"/accounts/login/?next=/apply/d/{draft.pk}/about_you/"
    browser.force_login(citizen, backend=BACKEND)
    page = text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))
    assert "What you typed was kept" in page
    assert 'value="Leila Haddad"' in page
    draft.refresh_from_db()
    assert draft.answers["owner"] == "Leila Haddad"
    assert "What you typed was kept" not in text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))


def test_it_survives_the_real_sign_in_page(browser: Client, draft: Draft, citizen: User) -> None:
    from allauth.account.models import EmailAddress

    from tests.conftest import PASSWORD

    EmailAddress.objects.create(user=citizen, email=citizen.email, verified=True, primary=True)
    sign_out_and_post(browser, draft, "about_you", owner="Leila Haddad")
    address = f"/apply/d/{draft.pk}/about_you/"
    form = {"login": citizen.email, "password": PASSWORD, "next": address}
    page = browser.post(f"/accounts/login/?next={address}", form, follow=True)
    assert page.redirect_chain[-1][0] == address
    assert 'value="Leila Haddad"' in text_of(page)


def test_a_file_is_kept_when_we_drew_the_page_for_the_owner(
    browser: Client, draft: Draft, answer: Answer, citizen: User
) -> None:
    answer("about_you", owner="Leila")
    answer("trade", trade="goods")
    draft.refresh_from_db()
    sign_out_and_post(browser, draft, "papers", plan=plan(), **{"page-token": page_token(draft)})
    browser.force_login(citizen, backend=BACKEND)
    page = text_of(browser.get(f"/apply/d/{draft.pk}/papers/"))
    assert "plan.pdf" in page
    draft.refresh_from_db()
    assert draft.answers["plan"]["name"] == "plan.pdf"


def test_a_stranger_cannot_store_a_file_in_a_draft(browser: Client, draft: Draft) -> None:
    sign_out_and_post(browser, draft, "papers", plan=plan(), **{"page-token": ":forged:sign"})
    assert not Document.objects.exists()


def test_what_one_person_typed_is_never_shown_to_another(
    browser: Client, draft: Draft, other_citizen: User
) -> None:
    sign_out_and_post(browser, draft, "about_you", owner="Leila Haddad")
    browser.force_login(other_citizen, backend=BACKEND)
    assert browser.get(f"/apply/d/{draft.pk}/about_you/").status_code == 404


def test_what_is_too_long_to_keep_still_leads_to_the_sign_in_page(browser: Client, draft: Draft) -> None:
    assert sign_out_and_post(browser, draft, "about_you", owner="a" * 400_000).status_code == 302


def test_what_was_kept_and_another_window_changed_is_said(
    browser: Client, draft: Draft, answer: Answer, citizen: User
) -> None:
    answer("about_you", owner="From the other window")
    browser.logout()
    browser.post(f"/apply/d/{draft.pk}/about_you/", {"page-revision": 0, "owner": "Typed here"})
    browser.force_login(citizen, backend=BACKEND)
    page = text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))
    assert "changed in another window" in page
    assert 'value="Typed here"' in page


def test_a_page_token_is_good_for_its_draft_only(draft: Draft) -> None:
    token = page_token(draft)
    assert was_drawn_for(draft, token)
    assert not was_drawn_for(Draft(owner=draft.owner), token)
    for nonsense in ("", ":", "a" * 10_000, "\x00", token[:-1]):
        assert not was_drawn_for(draft, nonsense)


def test_a_page_token_is_good_for_a_day(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    token, now = page_token(draft), time.time()
    day_s = GOOD_FOR.total_seconds()
    for later_s, is_good in ((day_s - 60, True), (day_s + 60, False)):
        with monkeypatch.context() as patch:
            patch.setattr(signing.time, "time", lambda moment=now + later_s: moment)
            assert was_drawn_for(draft, token) is is_good
