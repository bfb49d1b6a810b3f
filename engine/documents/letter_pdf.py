"""A letter as a PDF: what the department writes, and the answers that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from engine.core.marked_parts import resolved
from engine.core.voice import speaking
from engine.departments.models import Department
from engine.departments.spoken import voice_for
from engine.documents import pdf
from engine.documents.certificates.words import word
from engine.documents.dates import long_date
from engine.documents.letterhead import letterhead


def letter_pdf(
    *,
    department: Department,
    language: str,
    title: str,
    paragraphs: Sequence[str],
    rows: Sequence[tuple[str, str]],
    reference: str,
    made_at: datetime,
    is_sample: bool = False,
) -> bytes:
    """The letter, tagged, in the colours of the department; a sample says so across it."""
    day = made_at.astimezone(ZoneInfo(department.time_zone)).date()
    with speaking(voice_for(language, department)):
        context = letterhead(department, language, title, reference) | {
            "paragraphs": paragraphs,
            "rows": rows,
            "day": long_date(day, language),
            "address": department.text("address", language),
            "telephone": department.telephone,
            "sample": word("sample", language) if is_sample else "",
        }
        html = render_to_string("documents/letter.html", context)
    return pdf.draw(resolved(html, language)).data
