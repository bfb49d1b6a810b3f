"""A letter as a PDF: tagged, in its language, and nothing of it can act."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from engine.departments.models import Department
from engine.documents.letter_pdf import letter_pdf

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script><img src='file:///etc/passwd'>"


def letter(department: Department, language: str = "en", **other: object) -> bytes:
    said: dict[str, object] = {
        "title": "Decision",
        "paragraphs": ["Dear Leila,", "we agree."],
        "rows": [("Trade", "Fruit"), ("Sum", "")],
        "reference": "STL-2026-000001",
        **other,
    }
    made_at = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    return letter_pdf(department=department, language=language, made_at=made_at, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_it_is_tagged_and_says_its_language_and_its_title(licensing: Department, language: str) -> None:
    with pikepdf.open(io.BytesIO(letter(licensing, language))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "Decision STL-2026-000001"
        assert len(pdf.pages) == 1


def test_a_long_letter_goes_on_to_the_next_page(licensing: Department) -> None:
    with pikepdf.open(io.BytesIO(letter(licensing, paragraphs=["So it is. " * 40] * 12))) as pdf:
        assert len(pdf.pages) > 1


def test_what_people_wrote_stays_text(licensing: Department) -> None:
    data = letter(licensing, title=HOSTILE, paragraphs=[HOSTILE], rows=[(HOSTILE, HOSTILE)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "<script>" in str(pdf.docinfo["/Title"])
        assert not [name for page in pdf.pages for name in page.images]
