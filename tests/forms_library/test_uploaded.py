"""What is asked of a file is said before it is chosen, and every kind that can be asked for can be kept."""

import io
from random import Random
from typing import get_args

import pytest
from pydantic import ValidationError

from engine.documents.sniffing import content_type_of
from engine.documents.soundness import check
from forms_library import samples
from forms_library.controls import Face
from forms_library.uploaded import FileKind
from forms_library.uploads import CONTENT_TYPES
from tests.forms_library.examples import question


def said(kind, language="en", **options):
    return question(kind, options).markup(Face(key="q", label="Plan", hint="", language=language))


@pytest.mark.parametrize("kind", get_args(FileKind))
def test_a_file_of_each_kind_is_recognised_and_sound(kind):
    name, data = samples.file_of(kind, Random(4))
    file = io.BytesIO(data)
    assert content_type_of(file, name) in CONTENT_TYPES[kind]
    check(file, CONTENT_TYPES[kind][0])


@pytest.mark.parametrize("kind", ["file", "files"])
def test_kinds_size_and_pages_are_said_and_read_out_with_the_input(kind):
    html = said(kind, types=["pdf", "ods"], max_megabytes=3, max_pages=12)
    assert "PDF or ODS of up to 3 MB<br>No more than 12 pages in a PDF" in html
    assert 'id="q-wanted"' in html
    assert 'aria-describedby="q-wanted"' in html
    assert 'data-limit="3000000" data-limit-text="3 MB"' in html


def test_pages_are_not_spoken_of_where_no_pdf_is_taken():
    assert "pages" not in said("file", types=["jpg"], max_pages=12)


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(1, 4, "No more than 4 files"), (2, 4, "2 to 4 files"), (3, 3, "3 files"), (1, 1, "")],
)
def test_how_many_files_is_said_before_they_are_chosen(least, most, words):
    html = said("files", min=least, max=most)
    assert words in html
    assert bool(words) == (" files</p>" in html)


def test_the_limits_are_said_in_arabic():
    assert "لا يزيد عدد الملفات على 4" in said("files", "ar", max=4)


def test_metadata_that_cannot_be_removed_is_not_promised_to_be():
    with pytest.raises(ValidationError, match="The metadata of TIFF cannot be removed"):
        question("file", {"types": ["jpg", "tiff"], "strip_metadata": True})
    assert question("file", {"types": ["webp"], "strip_metadata": True})
