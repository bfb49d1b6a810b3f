from __future__ import annotations

from datetime import date

import pytest

from engine.documents.certificates.issuing import issue
from engine.documents.certificates.lookup import find, status_on
from engine.documents.certificates.numbering import numbered
from engine.documents.models import Certificate

State = Certificate.State


def test_a_code_finds_its_certificate_and_a_number_finds_nothing(db, wanted):
    certificate = issue(wanted())
    assert find(certificate.code.lower().replace("-", " ")) == certificate
    assert find(certificate.number) is None
    assert find("") is None
    assert find("\x00" * 100) is None


def test_a_certificate_that_is_being_prepared_is_not_found(db, wanted):
    assert find(numbered(wanted()).code) is None


@pytest.mark.parametrize(
    ("state", "until", "status"),
    [
        (State.VALID, None, "valid"),
        (State.VALID, date(2026, 11, 26), "valid"),
        (State.VALID, date(2026, 11, 25), "expired"),
        (State.REVOKED, date(2026, 11, 25), "revoked"),
        (State.REPLACED, date(2027, 1, 1), "replaced"),
    ],
)
def test_how_a_certificate_stands(state, until, status, today):
    assert status_on(Certificate(state=state, valid_until=until), today) == status
