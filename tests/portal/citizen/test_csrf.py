"""An open page whose secret is outdated, because its owner signed in again in another window."""

from typing import Any

import pytest
from django.test import Client

from engine.departments.models import User
from portal.citizen.page_token import page_token
from workflows.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(citizen: User) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_is_shown_again_with_what_was_typed(strict: Client, draft: Draft) -> None:
    address = f"/apply/d/{draft.pk}/about_you/"
    found = strict.post(address, {"owner": "Leila Haddad", "page-token": page_token(draft)})
    assert found["Location"] == address
    assert 'value="Leila Haddad"' in strict.get(address).content.decode()


def test_without_our_sign_it_is_refused_and_nothing_is_kept(strict: Client, draft: Draft) -> None:
    address = f"/apply/d/{draft.pk}/about_you/"
    found: Any = strict.post(address, {"owner": "From another site"})
    assert found.status_code == 403
    assert "Open it again and repeat" in found.content.decode()
    assert "From another site" not in strict.get(address).content.decode()


@pytest.mark.parametrize("address", ["/verify/7Q4K-M2XD/", "/apply/licensing/stall/", "/accounts/login/"])
def test_other_forms_are_refused_with_a_sentence(address: str, strict: Client) -> None:
    assert strict.post(address, {"code": "\x00"}).status_code == 403
