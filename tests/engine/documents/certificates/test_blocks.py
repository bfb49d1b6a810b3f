"""Headings, paragraphs and tables beside the lines of a certificate, and where it is signed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.utils import timezone

from engine.core.text import Text
from engine.documents.certificates.page import certificate_pdf
from engine.documents.certificates.request import CertificateBlock, CertificateRequest
from engine.documents.models import Certificate
from tests.engine.documents.certificates.test_page import text_of

Wanted = Callable[..., CertificateRequest]
CONDITIONS = CertificateBlock(
    "text", above=False, words=Text({"en": "No <b>open fire</b>.", "ar": "ممنوع النار"})
)
TITLE = CertificateBlock("heading", above=True, words=Text({"en": "The stall", "ar": "الكشك"}))
PEOPLE = CertificateBlock(
    "table",
    above=False,
    header=(Text({"en": "Name", "ar": "الاسم"}), Text({"en": "Task", "ar": "العمل"})),
    cells=(
        ({"en": "Leila Haddad", "ar": "Leila Haddad"}, {"en": "cooks", "ar": "تطبخ"}),
        ({"en": "Omar Haddad", "ar": "Omar Haddad"}, {}),
    ),
)


@pytest.fixture
def numbered(db: None) -> Certificate:
    """A certificate that has its number."""
    return Certificate(number="TL-2026-000007", code="7Q4K-M2XD", issued_at=timezone.now())


def test_blocks_stand_above_and_below_the_lines_and_what_is_written_stays_text(
    wanted: Wanted, numbered: Certificate
) -> None:
    said = text_of(certificate_pdf(wanted(blocks=(CONDITIONS, TITLE, PEOPLE)), numbered))
    order = [
        "The stall",
        "Haddad Foods",
        "No <b>open fire</b>.",
        "Name",
        "Leila Haddad",
        "cooks",
        "Omar Haddad",
    ]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_two_languages_share_a_table_and_say_once_what_is_the_same(
    wanted: Wanted, numbered: Certificate
) -> None:
    said = text_of(certificate_pdf(wanted(blocks=(PEOPLE, CONDITIONS), languages=("en", "ar")), numbered))
    assert said.count("Leila Haddad") == 1
    assert "cooks / " in said


def test_many_rows_go_on_on_the_next_page(wanted: Wanted, numbered: Certificate) -> None:
    long = CertificateBlock("table", above=False, header=(Text("Name"),), cells=(({"en": "Somebody"},),) * 60)
    data = certificate_pdf(wanted(blocks=(long,)), numbered)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > 1
    assert text_of(data).count("Somebody") == 60


def signed_at(data: bytes) -> float:
    """How far from the left the empty signature lies, in points."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return min(float(field.Rect[0]) for field in pdf.Root.AcroForm.Fields)


def test_it_is_signed_where_the_definition_says(wanted: Wanted, numbered: Certificate) -> None:
    places = [
        signed_at(certificate_pdf(wanted(signature=one), numbered)) for one in ("start", "middle", "end")
    ]
    assert places == sorted(set(places))
    mirrored = [
        signed_at(certificate_pdf(wanted(signature=one, languages=("ar",)), numbered))
        for one in ("start", "end")
    ]
    assert mirrored[0] > mirrored[1]
