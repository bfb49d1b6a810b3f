"""Documents and certificates of a case."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import User
from engine.documents.models import Certificate, Document
from engine.documents.storage import StoreAway
from workflows.models import Case
from workflows.services import revoke_certificate

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_picture_opens_in_the_browser_and_can_not_act(
    case: Case, plan: Document, clerk: User, sign_in: SignIn
) -> None:
    answer = sign_in(clerk).get(f"/work/documents/{plan.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AuditEntry.objects.filter(verb="personal_data.read", actor=clerk).count() == 1


def test_any_other_kind_of_file_is_only_downloaded(
    case: Case, plan: Document, clerk: User, sign_in: SignIn
) -> None:
    Document.objects.filter(pk=plan.pk).update(content_type="text/html", name="a\r\nb.html")
    answer = sign_in(clerk).get(f"/work/documents/{plan.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()


def test_a_damaged_file_is_not_shown_and_the_page_says_so(
    case: Case, plan: Document, clerk: User, sign_in: SignIn, settings: LazySettings
) -> None:
    path = Path(settings.DOCUMENT_STORES["nas"]["folder"]) / plan.storage_key
    path.chmod(0o600)
    path.write_bytes(b"something else")
    client = sign_in(clerk)
    answer = client.get(f"/work/documents/{plan.pk}/")
    assert answer.status_code == 410
    assert "damaged" in answer.content.decode()
    assert "Damaged where we keep it" in client.get(f"/work/cases/{case.reference}/").content.decode()


def test_while_the_store_is_away_the_page_asks_to_come_back(
    case: Case, plan: Document, clerk: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_document: Document) -> None:
        raise StoreAway("nas")

    monkeypatch.setattr("portal.clerk.documents.read_verified", away)
    answer = sign_in(clerk).get(f"/work/documents/{plan.pk}/")
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_a_certificate_opens_for_staff_and_a_revoked_one_says_so(
    case: Case, certificate: Certificate, supervisor: User, sign_in: SignIn
) -> None:
    client = sign_in(supervisor)
    address = f"/work/cases/{case.reference}/certificates/{certificate.number}.pdf"
    opened = client.get(address)
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    page = client.get(f"/work/cases/{case.reference}/").content.decode()
    assert certificate.number in page
    assert "Revoke…" in page
    revoke_certificate(reference=case.reference, number=certificate.number, by=supervisor, reason="Moved")
    assert client.get(address).status_code == 200
    page = client.get(f"/work/cases/{case.reference}/").content.decode()
    assert "Moved" in page
    assert "Revoke…" not in page


def test_an_auditor_opens_neither(
    case: Case, certificate: Certificate, plan: Document, auditor: User, sign_in: SignIn
) -> None:
    client = sign_in(auditor)
    Document.objects.filter(pk=plan.pk).update(data_class="personal")
    assert client.get(f"/work/documents/{plan.pk}/").status_code == 403
    address = f"/work/cases/{case.reference}/certificates/{certificate.number}.pdf"
    assert client.get(address).status_code == 403


def test_a_certificate_of_another_case_is_not_found(
    apply: Callable[..., Case], certificate: Certificate, clerk: User, sign_in: SignIn
) -> None:
    other = apply()
    address = f"/work/cases/{other.reference}/certificates/{certificate.number}.pdf"
    assert sign_in(clerk).get(address).status_code == 404
