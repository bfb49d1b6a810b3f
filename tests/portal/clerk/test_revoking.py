"""Revoking a certificate."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from engine.documents.models import Certificate
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def address(case: Case, certificate: Certificate) -> str:
    """The page that asks."""
    return f"/work/cases/{case.reference}/certificates/{certificate.number}/revoke/"


def test_a_supervisor_revokes_with_a_reason(
    address: str, certificate: Certificate, supervisor: User, sign_in: SignIn
) -> None:
    client = sign_in(supervisor)
    assert f"Revoke certificate {certificate.number}?" in client.get(address).content.decode()
    said = client.post(address, {"_reason": "The premises are closed"}, follow=True).content.decode()
    assert f"Certificate {certificate.number} is revoked." in said
    certificate.refresh_from_db()
    assert (certificate.state, certificate.revoke_reason) == ("revoked", "The premises are closed")
    again = client.post(address, {"_reason": "Twice"}, follow=True).content.decode()
    assert "was not in force any more" in again


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 501])
def test_without_a_usable_reason_nothing_is_revoked(
    reason: str, address: str, certificate: Certificate, supervisor: User, sign_in: SignIn
) -> None:
    answer = sign_in(supervisor).post(address, {"_reason": reason})
    assert answer.status_code == 422
    assert 'href="#revoke-reason"' in answer.content.decode()
    certificate.refresh_from_db()
    assert certificate.state == "valid"


def test_a_clerk_may_not(address: str, clerk: User, certificate: Certificate, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    assert client.get(address).status_code == 403
    assert client.post(address, {"_reason": "Because"}).status_code == 403
    certificate.refresh_from_db()
    assert certificate.state == "valid"
