from __future__ import annotations

import pytest

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.documents.certificates.issuing import issue
from engine.documents.certificates.revoking import NotInForce, ReasonMissing, revoke
from engine.documents.models import Certificate


@pytest.fixture
def certificate(db, wanted):
    return issue(wanted())


def test_a_supervisor_revokes_with_a_reason_and_it_is_recorded_and_announced(certificate, supervisor):
    told = []
    revoke(certificate, by=supervisor, reason="The stall was given up.", announce=told.append)
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.REVOKED
    assert (certificate.revoked_by, certificate.revoke_reason) == (supervisor, "The stall was given up.")
    assert told == [certificate]
    entry = AuditEntry.objects.get(verb="certificate.revoked")
    assert (entry.actor, entry.subject) == (supervisor, f"certificate:{certificate.number}")


@pytest.mark.parametrize("who", ["clerk", "foreign_clerk", "auditor", "citizen", "outsider", "designer"])
def test_who_has_no_right_is_refused(certificate, who, request):
    with pytest.raises(AccessRefused):
        revoke(certificate, by=request.getfixturevalue(who), reason="x")
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.VALID


def test_a_reason_is_needed_and_a_certificate_is_revoked_once(certificate, supervisor):
    with pytest.raises(ReasonMissing):
        revoke(certificate, by=supervisor, reason="  ")
    revoke(certificate, by=supervisor, reason="x")
    with pytest.raises(NotInForce):
        revoke(certificate, by=supervisor, reason="x")


def test_when_the_announcement_fails_nothing_is_revoked(certificate, supervisor):
    def fails(_: Certificate) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        revoke(certificate, by=supervisor, reason="x", announce=fails)
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.VALID
