from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime

import pikepdf
import pytest

from engine.documents.application_pdf import Section, application_pdf

MADE = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
SECTIONS = [
    Section("Your stall", [("Name of the business", "Haddad Foods"), ("Goods", "Fruit\nVegetables")]),
    Section("Nothing here", []),
]


def text_of(data: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True).stdout.decode()


def test_every_answer_is_there_and_an_empty_section_is_not(licensing):
    data = application_pdf(
        department=licensing,
        language="en",
        title="Apply for a trade licence",
        sections=SECTIONS,
        made_at=MADE,
        reference="TRL-2026-000012",
    )
    said = text_of(data)
    for words in (
        "Licensing Department",
        "TRL-2026-000012",
        "Your stall",
        "Haddad Foods",
        "26 November 2026",
    ):
        assert words in said
    assert "Nothing here" not in said
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "TRL-2026-000012" in str(pdf.docinfo["/Title"])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Not sent yet"), ("fr", "Pas encore envoyé"), ("ar", "")]
)
def test_what_was_not_sent_says_so_in_its_language(licensing, language, words):
    data = application_pdf(
        department=licensing, language=language, title="T", sections=SECTIONS * 40, made_at=MADE
    )
    assert words in text_of(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert len(pdf.pages) > 1
