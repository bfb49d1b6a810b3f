from __future__ import annotations

import pytest

from engine.documents.file_names import LONGEST, safe_name
from tests.engine.documents.conftest import HOSTILE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("stall.pdf", "stall.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\win.ini", "win.pdf"),
        ("con.pdf", "document con.pdf"),
        ("file.pdf%00.exe", "file.pdf_00.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("trailing. ", "trailing.pdf"),
        ("naïve-日本語-العربية.pdf", "naïve-日本語-العربية.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("", "document.pdf"),
        ("///", "document.pdf"),
        ("photo.JPEG", "photo.pdf"),
        ("line\nbreak\x00.pdf", "line break.pdf"),
    ],
)
def test_a_name_is_made_safe(typed, kept):
    assert safe_name(typed, ".pdf") == kept


def test_a_long_name_is_cut_and_keeps_its_extension():
    name = safe_name("a" * 5000 + ".pdf", ".pdf")
    assert len(name) == LONGEST
    assert name.endswith(".pdf")


def test_no_hostile_name_leaves_its_folder_or_hides_characters():
    listing = HOSTILE / "filenames.txt"
    if not listing.exists():
        pytest.skip("the hostile cases are not here")
    for typed in listing.read_text().split("\n"):
        name = safe_name(typed, ".pdf")
        assert name.endswith(".pdf")
        assert not set(name) & set("/\\\0\n<>:\"|?*\u202e\ufeff'$;")
        assert not name.startswith((".", " ", "-"))
