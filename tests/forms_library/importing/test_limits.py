"""Hostile files are refused with their reason, soon and without much memory."""

import io
import json
import resource
import time
import zipfile
from collections.abc import Iterator

import pytest

from forms_library.importing.limits import MOST_BYTES, read_document
from forms_library.importing.port import Refused
from forms_library.importing.reading import read_forms

SECONDS, BYTES = 10, 512_000_000


@pytest.fixture(autouse=True)
def _soon_and_small() -> Iterator[None]:
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    yield
    assert time.process_time() - begun < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < BYTES


def archive(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.json", content)
    return written.getvalue()


def many_fields(number: int) -> bytes:
    parts = [{"name": f"f{index}", "type": "TextField", "title": "T"} for index in range(number)]
    pages = [
        {"path": f"/p{page}", "components": parts[page * 500 : page * 500 + 500]}
        for page in range(number // 500)
    ]
    return json.dumps({"startPage": "/p0", "pages": pages}).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (archive(forms=b"[" + b" " * 30_000_000 + b"]"), "times its size"),
        (archive(**{f"f{number}": b"[]" for number in range(300)}), "files"),
        (archive(forms=b"[" * 5_000), "levels deep"),
        (b"PK\x03\x04" + b"\x00" * 500, "damaged"),
        (b"[" * 300_000, "levels deep"),
        (b'{"a":' * 100_000, "levels deep"),
        (b"[" + b"[]," * 3_000_000 + b"[]]", "values"),
        (b" " * (MOST_BYTES + 1), "larger than"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>', "XML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"a": ' + b"9" * 100_000 + b"}", "digits"),
        (b'{"a": NaN}', "JSON"),
        (b'{"pages": ', "JSON"),
        (b"", "JSON"),
        (many_fields(100_000), "values"),
        (many_fields(20_000), "fields"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_file_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_forms(read_document(content))


def test_an_archive_that_lies_about_its_sizes_is_measured_while_it_is_read() -> None:
    content = archive(forms=b"[" + b" " * 9_000_000 + b"]")
    size = (9_000_002).to_bytes(4, "little")
    with pytest.raises(Refused):
        read_document(content.replace(size, (20).to_bytes(4, "little")))


def test_a_long_text_of_html_costs_little() -> None:
    html = "<div>" * 20_000 + "deep" + "<b>x" * 20_000
    document = {"startPage": "/a", "pages": [{"path": "/a", "title": "A", "components": [
        {"name": "t", "type": "Html", "content": html}]}]}  # fmt: skip
    imported = read_forms(document)
    assert {note.code for note in imported.report} & {"too_deep", "too_long"}


def test_what_is_no_form_is_refused_with_the_formats_that_are_known() -> None:
    with pytest.raises(Refused, match="MOJ Forms"):
        read_forms({"a": 1})
