"""The file of a certificate to hand out; one that is no longer in force says so on every page."""

from __future__ import annotations

import io
import tempfile
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone

from engine.core.languages import direction
from engine.core.marked_parts import plain, resolved
from engine.core.voice import speaking
from engine.departments.spoken import voice_for
from engine.documents import pdf
from engine.documents.certificates.lookup import status_on
from engine.documents.certificates.words import word
from engine.documents.dates import long_date
from engine.documents.models import Certificate, Document
from engine.documents.reading import read_verified


def certificate_file(certificate: Certificate, language: str = "en") -> SpooledTemporaryFile[bytes]:
    """The verified bytes; of a revoked or replaced certificate a marked copy without a good signature."""
    original = read_verified(cast(Document, certificate.document))
    status = status_on(
        certificate, timezone.now().astimezone(ZoneInfo(certificate.department.time_zone)).date()
    )
    if status not in ("revoked", "replaced"):
        return original
    with original:
        return _marked(original, *_mark_page(certificate, status, language))


def _mark_page(certificate: Certificate, status: str, language: str) -> tuple[str, bytes]:
    """The line that says it, and a clear page with that line above and the word across."""
    with speaking(voice_for(language, certificate.department)):
        return _drawn_mark(certificate, status, language)


def _drawn_mark(certificate: Certificate, status: str, language: str) -> tuple[str, bytes]:
    parts = [certificate.number, word(status, language)]
    if certificate.revoked_at:
        day = certificate.revoked_at.astimezone(ZoneInfo(certificate.department.time_zone)).date()
        parts.append(long_date(day, language))
    context = {
        "language": language,
        "direction": direction(language),
        "word": word(status, language),
        "line": " · ".join(parts),
    }
    html = resolved(render_to_string("documents/mark.html", context), language)
    return plain(context["line"]), pdf.draw(html).data


def _marked(original: SpooledTemporaryFile[bytes], line: str, mark: bytes) -> SpooledTemporaryFile[bytes]:
    """The mark is ink only, outside the structure; the title says it to those who hear the page."""
    # the caller closes it
    copy: SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115
    with pikepdf.open(cast(BinaryIO, original)) as pdf_file, pikepdf.open(io.BytesIO(mark)) as mark_file:
        for page in pdf_file.pages:
            page.add_overlay(mark_file.pages[0], None)
        with pdf_file.open_metadata() as metadata:
            metadata["dc:title"] = line
        pdf_file.save(cast(BinaryIO, copy))
    copy.seek(0)
    return copy
