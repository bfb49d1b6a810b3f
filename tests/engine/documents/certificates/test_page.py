from __future__ import annotations

import io
import shutil
import subprocess

import pikepdf
import pytest

from engine.core.text import Text
from engine.documents.certificates.page import certificate_pdf, sample_pdf
from engine.documents.certificates.request import CertificateRow
from engine.documents.models import Certificate


@pytest.fixture
def numbered(db):
    from django.utils import timezone

    return Certificate(number="TL-2026-000007", code="7Q4K-M2XD", issued_at=timezone.now())


def text_of(data: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True).stdout.decode()


def row(number: int, words: str = "A value") -> CertificateRow:
    return CertificateRow(Text(f"Line {number}"), {"en": words})


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_the_page_says_what_was_asked_and_how_to_check_it(wanted, numbered):
    said = text_of(certificate_pdf(wanted(), numbered))
    for words in ("Trade licence", "TL-2026-000007", "Haddad Foods", "25 November 2027", "7Q4K-M2XD"):
        assert words in said
    assert "portal.example.org/verify" in said


@pytest.mark.parametrize("languages", [("cy", "ur"), ("en", "ur"), ("cy", "en")])
def test_what_two_languages_say_alike_is_printed_once(wanted, numbered, languages):
    request = wanted(languages=languages)
    request.department.signer_title = {"en": "Keeper of Licences"}
    said = text_of(certificate_pdf(request, numbered))
    assert (said.count("Check at"), said.count("Keeper of Licences")) == (1, 1)


@pytest.mark.parametrize("languages", [("en",), ("en", "fr"), ("en", "ar"), ("ar",), ("fr", "ar")])
def test_the_file_is_tagged_named_and_carries_its_fonts(wanted, numbered, languages):
    with opened(certificate_pdf(wanted(languages=languages), numbered)) as pdf:
        assert str(pdf.Root.Lang) == languages[0]
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "TL-2026-000007" in str(pdf.docinfo["/Title"])
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
        assert len(pdf.pages) == 1
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in fonts)


def test_every_figure_has_words_and_the_signature_field_stands_in_the_structure(wanted, numbered):
    with opened(certificate_pdf(wanted(), numbered)) as pdf:
        elements = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]
        figures = [each for each in elements if each.S == "/Figure"]
        assert figures
        assert all(str(each.Alt) for each in figures)
        form = next(each for each in elements if each.S == "/Form")
        widget = form.K[0].Obj
        assert widget.FT == "/Sig"
        left, bottom, right, top = (float(each) for each in widget.Rect)
        assert 100 < left < right < 460
        assert 60 < bottom < top < 260
        parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert parents[parents.index(widget.StructParent) + 1].objgen == form.objgen


def test_ten_short_rows_fit_one_page(wanted, numbered):
    request = wanted(rows=tuple(row(each) for each in range(10)), languages=("en", "ar"))
    with opened(certificate_pdf(request, numbered)) as pdf:
        assert len(pdf.pages) == 1


def test_many_rows_go_on_with_page_numbers_and_the_seal_is_not_left_alone(wanted, numbered):
    request = wanted(rows=tuple(row(each, "A long value that takes its room. " * 4) for each in range(20)))
    data = certificate_pdf(request, numbered)
    with opened(data) as pdf:
        pages = len(pdf.pages)
    assert pages > 1
    said = text_of(data).split("\f")
    assert f"TL-2026-000007 · 1/{pages}" in said[0]
    assert "Line 19" in said[pages - 1]
    assert "Code 7Q4K-M2XD" in said[pages - 1]


def test_markup_in_a_value_is_printed_as_it_is(wanted, numbered):
    rows = (row(1, "<b>bold</b> & <img src=x> \u202e"), row(2, "x" * 300))
    assert "<b>bold</b> &" in text_of(certificate_pdf(wanted(rows=rows, title=Text("<script>")), numbered))


def test_a_sample_says_so(wanted, db):
    data = sample_pdf(wanted())
    with opened(data) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("SAMPLE · ")
        assert "/AcroForm" not in pdf.Root


def test_the_microtext_is_not_read_aloud(wanted, numbered):
    with opened(certificate_pdf(wanted(), numbered)) as pdf:
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        silent = [each for each in elements if str(each.get("/ActualText", "")) == " "]
    assert len(silent) == 1
