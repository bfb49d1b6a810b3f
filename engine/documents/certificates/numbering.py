"""Taking the next number of a series, in the same short transaction as the row that carries it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from engine.documents.certificates.codes import new_code
from engine.documents.certificates.masking import masked
from engine.documents.certificates.request import CertificateRequest
from engine.documents.models import Certificate

_NEXT = """
    INSERT INTO documents_certificateseries (department_id, prefix, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (department_id, prefix, year) DO UPDATE SET last = documents_certificateseries.last + 1
    RETURNING last
"""
TRIES = 5


def numbered(request: CertificateRequest) -> Certificate:
    """The row of this request; the first call takes a number, every later one finds the same row."""
    for _ in range(TRIES):
        if found := Certificate.objects.filter(idempotency_key=request.idempotency_key).first():
            return found
        try:
            with transaction.atomic(durable=True):
                return _take_number(request, timezone.now())
        except (
            IntegrityError
        ):  # another worker took the same request, or the code is in use: the number went back
            continue
    raise RuntimeError("No certificate number could be taken.")


def _take_number(request: CertificateRequest, now: datetime) -> Certificate:
    year = now.astimezone(ZoneInfo(request.department.time_zone)).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [request.department.pk, request.prefix, year])
        position = cursor.fetchone()[0]
    return Certificate.objects.create(
        department=request.department,
        kind=request.kind,
        number=f"{request.prefix}-{year}-{position:06d}",
        code=new_code(),
        idempotency_key=request.idempotency_key,
        case_reference=request.case_reference,
        holder_masked=masked(request.holder_name),
        title=request.title.model_dump(),
        issued_at=now,
        valid_from=request.valid_from,
        valid_until=request.valid_until,
    )
