from __future__ import annotations

import io

import pikepdf
import pytest
from freezegun import freeze_time

from engine.documents.certificates.checking import matches_file, verify_file
from engine.documents.certificates.issuing import issue
from engine.documents.reading import read_verified
from tests.engine.documents.conftest import HOSTILE, pdf_bytes


@pytest.fixture
def certificate(db, wanted):
    return issue(wanted())


@pytest.fixture
def data(certificate):
    with read_verified(certificate.document) as file:
        return file.read()


def test_the_issued_file_is_genuine(certificate, data):
    assert verify_file(data).genuine
    assert matches_file(certificate, data)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.75])
def test_a_flipped_bit_is_found(certificate, data, place):
    at = int(len(data) * place)
    changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    check = verify_file(changed)
    assert not check.genuine
    assert check.certificate is None
    assert check.signature == "broken"
    assert not matches_file(certificate, changed)


def test_a_page_added_after_signing_is_found(data):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    assert verify_file(out.getvalue()).signature == "broken"


def test_bytes_appended_after_the_signature_are_found(data):
    assert verify_file(data + b"\n% more\n").signature == "broken"


def test_an_unsigned_file_is_said_to_be_unsigned(db):
    check = verify_file(pdf_bytes())
    assert (check.certificate, check.signature) == (None, "missing")


def test_another_certificate_does_not_match(certificate, data, wanted):
    assert not matches_file(issue(wanted("other")), data)


@pytest.mark.parametrize(
    "junk", [b"", b"%PDF-1.7", b"\x00" * 1000, b"<html>", b"%PDF-1.4\nstartxref\n5\n%%EOF"]
)
def test_junk_is_not_genuine_and_breaks_nothing(db, junk):
    assert not verify_file(junk).genuine


def test_no_hostile_file_breaks_the_check(db):
    if not HOSTILE.exists():
        pytest.skip("the hostile cases are not here")
    for path in HOSTILE.iterdir():
        assert not verify_file(path.read_bytes()).genuine


def test_a_certificate_outlives_the_certificate_of_its_key(certificate, data):
    with freeze_time("2036-11-26"):
        assert verify_file(data).genuine
