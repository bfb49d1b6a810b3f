from __future__ import annotations

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engine.documents import uploads
from engine.documents.models import Document
from engine.documents.reading import read_verified
from engine.documents.storage import StoreAway
from engine.documents.uploads import UploadRefused, save_upload
from tests.engine.documents.conftest import HOSTILE, pdf_bytes, png_bytes
from tests.engine.documents.test_scanning import EICAR, clamd  # noqa: F401

PICTURES_AND_PDF = frozenset({"application/pdf", "image/png", "image/jpeg"})


@pytest.fixture
def take(licensing, citizen):
    def take(data, name="stall.pdf", *, allowed=PICTURES_AND_PDF, limit=1024 * 1024):
        stream = data if hasattr(data, "read") else io.BytesIO(data)
        return save_upload(
            stream, name=name, department=licensing, owner=citizen, allowed=allowed, limit_bytes=limit
        )

    return take


def test_an_upload_is_stored_and_comes_back_byte_for_byte(stored_at, take, citizen):
    data = pdf_bytes("my stall")
    document = take(data)
    assert (document.store, document.size, document.owner) == (stored_at, len(data), citizen)
    assert (document.name, document.content_type) == ("stall.pdf", "application/pdf")
    assert document.scan_state == Document.ScanState.NOT_SCANNED
    with read_verified(Document.objects.get(pk=document.pk)) as file:
        assert file.read() == data


def test_a_django_upload_is_taken_as_it_is(take):
    assert take(SimpleUploadedFile("a.png", png_bytes()), "a.png").content_type == "image/png"


def test_the_same_content_twice_is_two_documents_of_one_stored_copy(stored_at, take):
    first, second = take(pdf_bytes()), take(pdf_bytes(), "again.pdf")
    assert first.pk != second.pk
    assert first.storage_key == second.storage_key


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "empty.pdf", "empty"),
        (b"<html></html>", "page.pdf", "wrong_type"),
        (b"just text", "a.txt", "wrong_type"),
        (png_bytes()[:40], "cut.png", "broken"),
        (b"%PDF-1.4 nothing", "cut.pdf", "broken"),
    ],
)
def test_a_file_that_is_not_wanted_is_refused_and_nothing_is_kept(take, data, name, code):
    with pytest.raises(UploadRefused) as refused:
        take(data, name)
    assert refused.value.code == code
    assert not Document.objects.exists()


def test_reading_stops_as_soon_as_the_limit_is_passed(take):
    class Endless:
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b"%" * size

    stream = Endless()
    with pytest.raises(UploadRefused) as refused:
        take(stream, limit=1_000_000)
    assert refused.value.code == "too_large"
    assert stream.given < 1_200_000


def test_a_file_of_exactly_the_limit_is_taken(take):
    data = pdf_bytes()
    assert take(data, limit=len(data)).size == len(data)
    with pytest.raises(UploadRefused, match="too_large"):
        take(data, limit=len(data) - 1)


def test_a_virus_is_refused(take, clamd, settings):  # noqa: F811
    settings.CLAMD_ADDRESS = clamd
    with pytest.raises(UploadRefused) as refused:
        take(pdf_bytes() + EICAR)
    assert refused.value.code == "infected"
    assert take(pdf_bytes()).scan_state == Document.ScanState.CLEAN


def test_a_scanner_that_is_down_refuses_instead_of_letting_through(take, settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    with pytest.raises(UploadRefused) as refused:
        take(pdf_bytes())
    assert refused.value.code == "scanner_away"
    assert not Document.objects.exists()


def test_a_store_that_is_away_leaves_no_row(take, monkeypatch):
    def away(*_: object, **__: object) -> None:
        raise StoreAway("gone")

    monkeypatch.setattr(uploads, "write", away)
    with pytest.raises(StoreAway):
        take(pdf_bytes())
    assert not Document.objects.exists()


REFUSED = {
    "empty.pdf": "empty",
    "html_as.pdf": "wrong_type",
    "svg_script.svg": "wrong_type",
    "svg_xxe.svg": "wrong_type",
    "billion_laughs.xml": "wrong_type",
    "zip_slip.zip": "wrong_type",
    "zip_10MB_to_10KB.zip": "wrong_type",
    "nested_zip_4096x1MB.zip": "wrong_type",
    "docx_macro_name.docm": "wrong_type",
    "pdf_js_openaction.pdf": "active_content",
    "pdf_self_referencing_pages.pdf": "broken",
    "truncated.pdf": "broken",
    "truncated.png": "broken",
    "png_30000x30000_bomb.png": "too_many_pixels",
}
NEUTRALISED = {
    "jpeg_polyglot_php.jpg": ("image/jpeg", ".jpg"),
    "png_as.jpg": ("image/png", ".png"),
    "csv_formula_injection.csv": ("text/csv", ".csv"),
}


def hostile(name: str) -> bytes:
    path = HOSTILE / name
    if not path.exists():
        pytest.skip("the hostile cases are not here")
    return path.read_bytes()


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_a_hostile_file_is_refused(take, name, code):
    with pytest.raises(UploadRefused) as refused:
        take(hostile(name), name, allowed=frozenset(uploads.EXTENSIONS))
    assert refused.value.code == code


@pytest.mark.parametrize(("name", "kept"), NEUTRALISED.items())
def test_a_disguise_is_taken_off_by_the_type_and_name_that_are_served(take, name, kept):
    document = take(hostile(name), name, allowed=frozenset(uploads.EXTENSIONS))
    assert document.content_type == kept[0]
    assert document.name.endswith(kept[1])


def test_the_test_virus_is_refused_inside_a_text(take, clamd, settings):  # noqa: F811
    settings.CLAMD_ADDRESS = clamd
    with pytest.raises(UploadRefused, match="infected"):
        take(base64.b64decode(hostile("eicar.com.b64")), "note.txt", allowed=frozenset({"text/plain"}))
