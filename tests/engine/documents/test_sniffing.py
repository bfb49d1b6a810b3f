from __future__ import annotations

import io
import zipfile

import pytest

from engine.documents.sniffing import HEAD, content_type_of
from tests.engine.documents.conftest import pdf_bytes, png_bytes


def archive(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (pdf_bytes(), "a.exe", "application/pdf"),
        (png_bytes(), "a.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 20, "a", "image/jpeg"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", DOCX),
        (archive("word/document.xml", "word/vbaProject.bin"), "a.docx", None),
        (archive("../../evil.txt"), "a.docx", None),
        (archive("content.xml", mimetype=ODT), "a.odt", ODT),
        ("Straße, Łódź, العربية\n".encode(), "notes.txt", "text/plain"),
        (b"a;b\n1;2\n", "table.CSV", "text/csv"),
        (b"<html><script>alert(1)</script></html>", "a.pdf", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.png", None),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a.pdf", None),
        (b"\x00\x01\x02\x03", "a.txt", None),
        (b"PK\x03\x04broken", "a.docx", None),
    ],
)
def test_the_content_says_what_a_file_is(data, name, found):
    assert content_type_of(io.BytesIO(data), name) == found


def test_a_letter_cut_at_the_end_of_what_was_read_is_still_text():
    text = b"a" * (HEAD - 1) + "é".encode() * 10
    assert content_type_of(io.BytesIO(text), "a.txt") == "text/plain"
