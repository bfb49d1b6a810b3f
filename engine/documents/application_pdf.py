"""An application as a PDF to keep: its answers, in the department's style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from engine.core.marked_parts import resolved
from engine.core.text import Text
from engine.core.voice import speaking
from engine.departments.models import Department
from engine.departments.spoken import voice_for
from engine.documents import pdf
from engine.documents.dates import long_date
from engine.documents.letterhead import letterhead

_MADE = Text({"en": "Printed on", "fr": "Imprimé le", "ar": "طُبع في"})
_DRAFT = Text({"en": "Not sent yet", "fr": "Pas encore envoyé", "ar": "لم يُرسل بعد"})


@dataclass(frozen=True)
class Section:
    """One page of the form: its title, and what was answered as (label, text)."""

    title: str
    rows: Sequence[tuple[str, str]]


def application_pdf(
    *,
    department: Department,
    language: str,
    title: str,
    sections: Sequence[Section],
    made_at: datetime,
    reference: str = "",
    state_line: str = "",
) -> bytes:
    """The answers as a tagged PDF; without a reference it says that it was not sent yet."""
    day = made_at.astimezone(ZoneInfo(department.time_zone)).date()
    with speaking(voice_for(language, department)):
        context = letterhead(department, language, title, reference) | {
            "state_line": state_line or ("" if reference else _DRAFT.in_(language)),
            "made": f"{_MADE.in_(language)} {long_date(day, language)}",
            "sections": [section for section in sections if section.rows],
            "tint": department.tint,
            "line": department.line,
        }
        html = render_to_string("documents/application.html", context)
    return pdf.draw(resolved(html, language)).data
