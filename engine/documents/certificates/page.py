"""The page of a certificate: plain values for its template, and the PDF made of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from engine.core.languages import direction
from engine.core.marked_parts import plain, resolved
from engine.core.voice import Voice, speaking
from engine.departments.models import Department
from engine.departments.spoken import voice_for
from engine.documents import pdf
from engine.documents.certificates import drawings
from engine.documents.certificates.blocks import FEET, blocks_of
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from engine.documents.certificates.words import WORDS, word
from engine.documents.dates import long_date
from engine.documents.models import Certificate

WORDY = 34  # letters of a title that still fits its line in the large size
ROW_MM, LINE_MM = 11, 5.6
WIDE_TABLE_MM = 108  # a higher table gets narrow spacing, so that it still fits the page
COVER_HEIGHT_MM = 192  # what stands above the seal on a page that is not full
_NO_CODE = "0000-0000"


def certificate_pdf(request: CertificateRequest, certificate: Certificate) -> bytes:
    """The page of a numbered certificate, with an empty signature field."""
    return _pdf(request, certificate.number, certificate.code, certificate.issued_at, is_sample=False)


def sample_pdf(request: CertificateRequest) -> bytes:
    """The page as it would look, marked so that nobody takes it for a certificate."""
    now = timezone.now()
    return _pdf(request, f"{request.prefix}-{now.year}-000000", _NO_CODE, now, is_sample=True)


def verify_address(code: str) -> str:
    """The public page that a code opens."""
    return f"{settings.PUBLIC_ADDRESS}/verify/{code}/"


def _pdf(
    request: CertificateRequest, number: str, code: str, issued_at: datetime, *, is_sample: bool
) -> bytes:
    with speaking(_voice_of(request)):
        return _drawn(request, number, code, issued_at, is_sample=is_sample)


def _voice_of(request: CertificateRequest) -> Voice:
    """Words of ours are marked where one of the languages has none of them."""
    spoken = (voice_for(language, request.department) for language in request.printed_languages)
    return next((voice for voice in spoken if voice.language), Voice())


def _drawn(
    request: CertificateRequest, number: str, code: str, issued_at: datetime, *, is_sample: bool
) -> bytes:
    department = request.department
    colour = drawings.printable(department.brand)
    context = _context(request, number, code, issued_at) | {"is_sample": is_sample}
    held = {
        "caseway:emblem": drawings.emblem_drawing(colour, drawings.emblem_name(department.icon)),
        "caseway:qr": drawings.qr_drawing(verify_address(code)),
    }

    def drawn(pages: int) -> pdf.Drawn:
        return pdf.draw(
            resolved(render_to_string("documents/certificate.html", {**context, "pages": pages}), ""),
            style=_style(colour),
            drawings=held,
            underlays=drawings.underlays(colour),
            signature_label="" if is_sample else plain(context["halves"][0]["signed"]),
        )

    first = drawn(1)
    return first.data if first.pages == 1 else drawn(first.pages).data  # only then does page 1 say "1 of 3"


@lru_cache(maxsize=32)
def _style(colour: str) -> str:
    context = {"brand": colour, "rule": drawings.mixed(colour, 0.3), "cover_height": COVER_HEIGHT_MM}
    return render_to_string("documents/certificate.css", context)


def _context(request: CertificateRequest, number: str, code: str, issued_at: datetime) -> dict[str, Any]:
    department, languages = request.department, request.printed_languages
    issued = issued_at.astimezone(ZoneInfo(department.time_zone)).date()
    halves = [_half(request, language, issued) for language in languages]
    rows = [_row(row, languages) for row in (*request.rows, *_validity(request), *_replaced(request))]
    address = urlsplit(settings.PUBLIC_ADDRESS)
    return {
        "halves": halves,
        "number": number,
        "code": code,
        "rows": rows,
        "wordy": any(len(plain(half["title"])) > WORDY for half in halves),
        "dense": _table_height_mm(rows) > WIDE_TABLE_MM,
        "short_address": f"{address.netloc}{address.path}/verify",
        "check_at": " / ".join(_once(word("check_at", language) for language in languages)),
        "code_word": word("code", languages[0]),
        "signer_name": department.signer_name or department.name(languages[0]),
        "place": department.place,
        "above": blocks_of(request, above=True),
        "below": blocks_of(request, above=False),
        "foot": FEET[request.signature],
        "micro": f"{department.name('en').upper()} {number} " * 12,
    }


def _half(request: CertificateRequest, language: str, issued: date) -> dict[str, Any]:
    """What is said in one of the languages."""
    department = request.department
    signed_by = _signed_by(department, language)
    return {
        "language": language,
        "direction": direction(language),
        "department": department.name(language),
        "country": department.text("country_line", language),
        "title": request.title.in_(language),
        "statement": request.statement.in_(language),
        "signed_by": signed_by,
        "signed_by_plain": plain(signed_by),
        "issued": f"{word('issued', language)} {long_date(issued, language)}",
        **{each: word(each, language) for each in ("signed", "sample", "qr")},
    }


def _once(words: Iterable[str]) -> Iterable[str]:
    """Each once; two languages without sentences of ours say the same."""
    return {plain(word): word for word in words}.values()


def _signed_by(department: Department, language: str) -> str:
    """Title and department: "Registrar, Civil Registry"."""
    said = [department.text("signer_title", language), department.name(language)]
    is_other = any(part != plain(part) for part in said)
    comma = "، " if direction(language) == "rtl" and not is_other else ", "
    return comma.join(filter(None, said))


def _validity(request: CertificateRequest) -> tuple[CertificateRow, ...]:
    """The last row says until when; the date is localised here, so every certificate says it alike."""
    if request.valid_until is None:
        return ()
    values = {each: long_date(request.valid_until, each) for each in request.printed_languages}
    return (CertificateRow(WORDS["valid_until"], values),)


def _replaced(request: CertificateRequest) -> tuple[CertificateRow, ...]:
    """The number of the certificate whose place this one takes."""
    if not request.replaces:
        return ()
    return (CertificateRow(WORDS["replaces"], dict.fromkeys(request.printed_languages, request.replaces)),)


def _row(row: CertificateRow, languages: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {
            "label": row.label.in_(each),
            "value": row.value(each),
            "direction": _value_direction(row.value(each)),
        }
        for each in languages
    ]


def _value_direction(value: str) -> str:
    """Numbers and Latin names keep their order inside a line that runs from right to left."""
    return "rtl" if any(unicodedata.bidirectional(each) in {"R", "AL"} for each in value) else "ltr"


def _table_height_mm(rows: list[list[dict[str, str]]]) -> float:
    """About how high the table is in its wide spacing."""
    wider = 1 if rows and len(rows[0]) > 1 else 2  # one language has the whole width
    height = 0.0
    for row in rows:
        lines = max(max(len(each["value"]) // 25, len(each["label"]) // 17) for each in row) // wider
        height += ROW_MM + LINE_MM * lines
    return height
