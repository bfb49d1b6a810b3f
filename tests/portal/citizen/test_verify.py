"""The public pages that say whether a certificate is genuine."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from engine.documents.models import Certificate

pytestmark = pytest.mark.django_db
CODE = "7Q4K-M2XD"


def text_of(page: Any) -> str:
    return str(page.content.decode())


def test_a_valid_certificate_says_so_and_hides_the_name(client: Client, certificate: Certificate) -> None:
    page = text_of(client.get(f"/verify/{CODE}/"))
    assert "This certificate is valid" in page
    assert "L•••• H•••••" in page
    assert "Civil Registry" in page
    assert "CR-2026-019944" in page


def test_no_account_and_no_session_is_needed(client: Client, certificate: Certificate) -> None:
    client.get(f"/verify/{CODE}/")
    assert "sessionid" not in client.cookies


def test_a_revoked_one_says_why_and_not_to_accept_it(client: Client, certificate: Certificate) -> None:
    certificate.state, certificate.revoked_at = Certificate.State.REVOKED, timezone.now()
    certificate.revoke_reason = "Issued by mistake"
    certificate.save()
    page = text_of(client.get(f"/verify/{CODE}/"))
    assert "no longer valid" in page
    assert "Do not accept it" in page
    assert "Issued by mistake" in page
    assert "L••••" not in page


def test_expired_and_replaced_ones_are_told_apart(client: Client, certificate: Certificate) -> None:
    certificate.valid_until = timezone.localdate() - timedelta(days=2)
    certificate.save()
    assert "This certificate has expired" in text_of(client.get(f"/verify/{CODE}/"))
    certificate.state = Certificate.State.REPLACED
    certificate.save()
    assert "This certificate was replaced" in text_of(client.get(f"/verify/{CODE}/"))


@pytest.mark.parametrize(
    "code", ["2222-2222", "CR-2026-019944", "x", "%00", "<b>", "a" * 4000, "7Q4K%20M2XE"]
)
def test_an_unknown_code_is_said_to_be_unknown(code: str, client: Client, certificate: Certificate) -> None:
    page = client.get(f"/verify/{code}/")
    assert page.status_code == 404
    assert "We have no certificate with this code" in text_of(page)
    assert "<b>" not in text_of(page).replace("<b><bdi", "")


def test_the_form_takes_the_code_however_it_is_written(client: Client) -> None:
    for written in ("7q4k m2xd", "7Q4K-M2XD", " 7Q4KM2XD "):
        assert client.get("/verify/", {"code": written})["Location"] == f"/verify/{CODE}/"


def test_the_form_says_what_to_enter(client: Client) -> None:
    assert "Enter the code of the certificate" in text_of(client.get("/verify/", {"code": " "}))
    assert "This is the number of a certificate" in text_of(
        client.get("/verify/", {"code": "CR-2026-019944"})
    )
    assert "like 7Q4K-M2XD" in text_of(client.get("/verify/", {"code": "\x00<b>"}))


def test_a_file_that_is_not_the_original_is_said_to_differ(client: Client, certificate: Certificate) -> None:
    for content in (b"%PDF-1.7 something else", b"\x00", b"no pdf"):
        page = text_of(client.post(f"/verify/{CODE}/", {"file": SimpleUploadedFile("c.pdf", content)}))
        assert "The file differs from the original" in page


def test_no_file_and_a_file_that_is_too_large_are_said(client: Client, certificate: Certificate) -> None:
    assert "Add the PDF that you received" in text_of(client.post(f"/verify/{CODE}/", {}))
    with override_settings(UPLOAD_LIMIT_BYTES=10):
        large = SimpleUploadedFile("c.pdf", b"%PDF" * 10)
        assert "larger than any certificate" in text_of(client.post(f"/verify/{CODE}/", {"file": large}))
