"""Finding a certificate, and saying how it stands."""

from __future__ import annotations

from datetime import date
from typing import Literal

from engine.documents.certificates.codes import as_code
from engine.documents.models import Certificate

Status = Literal["valid", "revoked", "expired", "replaced"]


def find(code: str) -> Certificate | None:
    """The issued certificate with this code; a number finds nothing, because the next one can be guessed."""
    known = as_code(code)
    if known is None:
        return None
    return (
        Certificate.objects.exclude(state=Certificate.State.PREPARING)
        .select_related("department", "document", "replaced_by")
        .filter(code=known)
        .first()
    )


def status_on(certificate: Certificate, day: date) -> Status:
    """How it stands on a day of its department; a revoked one stays revoked when its time is over."""
    if certificate.state == Certificate.State.REVOKED:
        return "revoked"
    if certificate.state == Certificate.State.REPLACED:
        return "replaced"
    if certificate.valid_until is not None and day > certificate.valid_until:
        return "expired"
    return "valid"


def replaced_number(certificate: Certificate) -> str:
    """The number of the certificate whose place this one took; empty where there was none."""
    older = Certificate.objects.filter(replaced_by=certificate).order_by("-issued_at")
    return older.values_list("number", flat=True).first() or ""
