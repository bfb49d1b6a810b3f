"""Issuing: a number first, then the file, then the row is closed; any worker may be killed at any point."""

from __future__ import annotations

from django.db import transaction

from engine.audit import log
from engine.documents.certificates.numbering import numbered
from engine.documents.certificates.page import certificate_pdf, sample_pdf
from engine.documents.certificates.request import CertificateRequest
from engine.documents.models import Certificate
from engine.documents.signing import held_key
from engine.documents.storing import Written, write_bytes


def issue(request: CertificateRequest) -> Certificate:
    """Issue once per idempotency key; called outside a transaction, or the series would stay locked."""
    key = held_key()  # no number is taken while nothing could sign
    certificate = numbered(request)
    if certificate.state != Certificate.State.PREPARING:
        return certificate
    signed = key.sign(certificate_pdf(request, certificate), signer=request.department.signer_name)
    return _finish(request, certificate, write_bytes(signed, request.department))


def sample(request: CertificateRequest) -> bytes:
    """The page with SAMPLE across it: no number is taken and nothing is signed or kept."""
    return sample_pdf(request)


def _finish(request: CertificateRequest, certificate: Certificate, written: Written) -> Certificate:
    """Close the row; of two workers that drew the same certificate the first wins."""
    with transaction.atomic():
        mine = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if mine.state != Certificate.State.PREPARING:
            return mine
        mine.document = written.as_document(name=f"{mine.number}.pdf", content_type="application/pdf")
        mine.state = Certificate.State.VALID
        mine.save(update_fields=["document", "state"])
        _retire_replaced(request, mine)
        log.record(
            "certificate.issued",
            chain=log.case_chain(mine.case_reference),
            department_id=mine.department_id,
            subject=f"certificate:{mine.number}",
            details={"sha256": written.sha256},
        )
    return mine


def _retire_replaced(request: CertificateRequest, newer: Certificate) -> None:
    """The older certificate that this one replaces says so from now on."""
    if not request.replaces:
        return
    older = Certificate.objects.filter(
        department=request.department, number=request.replaces, state=Certificate.State.VALID
    ).exclude(pk=newer.pk)
    if older.update(state=Certificate.State.REPLACED, replaced_by=newer):
        log.record(
            "certificate.replaced",
            chain=log.case_chain(newer.case_reference),
            department_id=newer.department_id,
            subject=f"certificate:{request.replaces}",
            details={"by": newer.number},
        )
