from __future__ import annotations

import io

import pikepdf
import pytest

from engine.documents.soundness import Unsound, check
from tests.engine.documents.conftest import pdf_bytes, png_bytes


def changed(**entries: object) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


NAMED = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())
SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"%PDF-1.7\nnothing more", "application/pdf", "broken"),
        (changed(OpenAction=SCRIPT), "application/pdf", "active_content"),
        (changed(AA=pikepdf.Dictionary(WC=SCRIPT)), "application/pdf", "active_content"),
        (
            changed(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())),
            "application/pdf",
            "active_content",
        ),
        (changed(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch)), "application/pdf", "active_content"),
        (png_bytes()[:40], "image/png", "broken"),
        (png_bytes(20_000, 10_000, "1"), "image/png", "too_many_pixels"),
    ],
)
def test_what_would_harm_or_cannot_be_opened_is_refused(data, kind, code):
    with pytest.raises(Unsound) as refused:
        check(io.BytesIO(data), kind)
    assert refused.value.code == code


def test_a_pdf_behind_a_password_is_refused():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(Unsound, match="locked"):
        check(out, "application/pdf")


def test_a_sound_file_passes_and_is_rewound():
    file = io.BytesIO(pdf_bytes())
    check(file, "application/pdf")
    assert file.tell() == 0


def test_a_pdf_that_only_opens_at_its_first_page_passes():
    go_to = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([0, pikepdf.Name.Fit]))
    check(io.BytesIO(changed(OpenAction=go_to)), "application/pdf")


def test_a_pdf_has_no_more_pages_than_are_allowed():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        pdf.add_blank_page()
        count = len(pdf.pages)
        pdf.save(out)
    check(out, "application/pdf", count)
    with pytest.raises(Unsound, match="too_many_pages"):
        check(out, "application/pdf", count - 1)
