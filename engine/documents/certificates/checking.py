"""Is this file the one that was issued: its signature against our chain, its hash against the stored one."""

from __future__ import annotations

import hashlib
import io
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from engine.documents.models import Certificate
from engine.documents.signing import certificates_in

Signature = Literal["valid", "broken", "missing"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileCheck:
    """The certificate that was issued as exactly these bytes, and how the file's signature stands."""

    certificate: Certificate | None
    signature: Signature

    @property
    def genuine(self) -> bool:
        """Issued here, and not a byte changed since; it may still be revoked or expired."""
        return self.certificate is not None and self.signature == "valid"


def verify_file(data: bytes) -> FileCheck:
    """Check a file that somebody was given."""
    certificate = (
        Certificate.objects.exclude(state=Certificate.State.PREPARING)
        .select_related("department", "document", "replaced_by")
        .filter(document__sha256=hashlib.sha256(data).hexdigest())
        .first()
    )
    # Without a time stamp a signature holds no proof of its time; our own row does.
    return FileCheck(certificate, signature_of(data, certificate.issued_at if certificate else None))


def matches_file(certificate: Certificate, data: bytes) -> bool:
    """Whether these bytes are this certificate, unchanged and with a good signature."""
    check = verify_file(data)
    return check.genuine and check.certificate == certificate


def signature_of(data: bytes, moment: datetime | None = None) -> Signature:
    """How the last signature of a PDF stands against our own chain."""
    try:
        signatures = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
        if not signatures:
            return "missing"
        status = validate_pdf_signature(signatures[-1], _context(moment))
        # what was appended after the signature is not covered by it
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return "valid" if status.bottom_line and whole else "broken"
    except Exception as error:  # whatever a stranger's file does to the reader, it is not a good signature
        _log.info("a file given for checking could not be read: %s", type(error).__name__)
        return "broken"


def _context(moment: datetime | None) -> ValidationContext:
    """Made anew each time: it carries the moment of the check."""
    roots, others = _known_certificates(settings.CERTIFICATE_CHAIN, settings.CERTIFICATE_TRUST)
    return ValidationContext(trust_roots=roots, other_certs=others, allow_fetching=False, moment=moment)


@lru_cache(maxsize=2)
def _known_certificates(chain_text: str, trust_text: str) -> tuple[list[Any], list[Any]]:
    chain = certificates_in(chain_text)
    return [*chain[-1:], *certificates_in(trust_text)], chain[1:-1]
