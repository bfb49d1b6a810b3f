"""Files of an application: for their owner and for staff of the department, and never damaged ones."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import User
from engine.documents.models import Document
from workflows.models import Case

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def open_as(user: User, address: str) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client.get(address)


def test_the_owner_opens_what_they_sent(browser: Client, sent: Case) -> None:
    document = Document.objects.get()
    found = browser.get(f"/documents/{document.pk}/")
    assert found["Content-Type"] == "application/pdf"
    assert found["Content-Disposition"] == 'inline; filename="plan.pdf"'
    assert found["X-Content-Type-Options"] == "nosniff"
    assert b"".join(found.streaming_content).startswith(b"%PDF")


def test_a_clerk_of_the_department_opens_it_and_that_is_recorded(sent: Case, clerk: User) -> None:
    document = Document.objects.get()
    assert open_as(clerk, f"/documents/{document.pk}/").status_code == 200
    assert AuditEntry.objects.filter(chain=sent.chain, actor=clerk, verb="personal_data.read").exists()


@pytest.mark.parametrize("who", ["foreign_clerk", "outsider", "auditor", "designer"])
def test_staff_without_the_right_are_refused(who: str, sent: Case, request: pytest.FixtureRequest) -> None:
    document = Document.objects.get()
    found = open_as(request.getfixturevalue(who), f"/documents/{document.pk}/")
    assert found.status_code in (403, 404)


def test_for_another_citizen_it_does_not_exist(sent: Case, other_citizen: User) -> None:
    document = Document.objects.get()
    assert open_as(other_citizen, f"/documents/{document.pk}/").status_code in (403, 404)


def test_a_damaged_file_is_never_shown(browser: Client, sent: Case) -> None:
    document = Document.objects.get()
    stored = Path(settings.DOCUMENT_STORES["nas"]["folder"]) / document.storage_key
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes()[:-1] + b"X")
    found = browser.get(f"/documents/{document.pk}/")
    assert found.status_code == 410
    assert "damaged" in found.content.decode()
    document.refresh_from_db()
    assert document.state == Document.State.DAMAGED


def test_the_copy_of_the_application_is_a_pdf(browser: Client, sent: Case) -> None:
    found = browser.get(f"/applications/{sent.reference}/copy.pdf")
    assert found["Content-Type"] == "application/pdf"
    assert found.content.startswith(b"%PDF")


def test_who_is_signed_out_is_asked_to_sign_in(client: Client, sent: Case) -> None:
    client.logout()
    document = Document.objects.get()
    assert client.get(f"/documents/{document.pk}/")["Location"].startswith("/accounts/login/")
