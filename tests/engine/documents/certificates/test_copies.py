from __future__ import annotations

import pikepdf
import pytest

from engine.documents.certificates.checking import verify_file
from engine.documents.certificates.copies import certificate_file
from engine.documents.certificates.issuing import issue
from engine.documents.certificates.revoking import revoke
from engine.documents.reading import DocumentDamaged


@pytest.fixture
def certificate(stored_at, wanted):
    return issue(wanted())


def test_a_certificate_in_force_is_handed_out_as_it_was_signed(certificate):
    with certificate_file(certificate) as file:
        assert verify_file(file.read()).genuine


def test_a_revoked_copy_says_so_and_is_no_longer_genuine(certificate, supervisor):
    certificate = revoke(certificate, by=supervisor, reason="x")
    with certificate_file(certificate, "fr") as file:
        data = file.read()
        file.seek(0)
        with pikepdf.open(file) as pdf:
            assert str(pdf.docinfo["/Title"]).startswith(f"{certificate.number} · RÉVOQUÉ")
    assert not verify_file(data).genuine


def test_damaged_bytes_are_not_handed_out(certificate, overwrite):
    overwrite(certificate.document.storage_key, b"%PDF-1.7 something else")
    with pytest.raises(DocumentDamaged):
        certificate_file(certificate)
