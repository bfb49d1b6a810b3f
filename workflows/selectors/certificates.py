"""The certificates of a case, for its applicant and for staff who may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from engine.core.text import Text
from engine.documents.certificates.lookup import Status, status_on
from engine.documents.models import Certificate
from workflows.clock import calendar_of
from workflows.models import Case


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate as a case shows it."""

    number: str
    code: str
    title: str
    status: Status
    issued_at: datetime
    valid_until: date | None
    document_id: str
    size: int
    revoked_at: datetime | None
    revoke_reason: str
    replaced_by: str  # the number of the one that took its place


def certificates_of(case: Case, language: str) -> list[IssuedCertificate]:
    """What was issued for a case, newest first; the caller has checked that the reader may see the case."""
    today = timezone.now().astimezone(calendar_of(case.department_id).zone).date()
    issued = Certificate.objects.filter(case_reference=case.reference, department_id=case.department_id)
    found = issued.exclude(state=Certificate.State.PREPARING)
    rows = found.select_related("document", "replaced_by").order_by("-issued_at")
    return [
        IssuedCertificate(
            certificate.number,
            certificate.code,
            Text.model_validate(certificate.title).in_(language),
            status_on(certificate, today),
            certificate.issued_at,
            certificate.valid_until,
            str(certificate.document_id or ""),
            certificate.document.size if certificate.document else 0,
            certificate.revoked_at,
            certificate.revoke_reason,
            certificate.replaced_by.number if certificate.replaced_by is not None else "",
        )
        for certificate in rows
    ]
