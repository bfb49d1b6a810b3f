"""Several files in one question: taken, kept, removed, counted, refused."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from forms_library.uploads import FileRefused
from tests.forms_library.examples import field, form_of, posted, read

KEPT = [
    {
        "document": f"0198c0de-0000-7000-8000-00000000000{n}",
        "name": f"{n}.pdf",
        "size": 9,
        "type": "application/pdf",
    }
    for n in (1, 2)
]


def files_field(**options):
    return form_of(field("plans", "files", options=options))


def sent(*names):
    return MultiValueDict({"plans": [SimpleUploadedFile(name, b"bytes") for name in names]})


def taken(file, rules):
    if file.name.startswith("bad"):
        raise FileRefused("wrong_type")
    return {
        "document": "0198c0de-0000-7000-8000-000000000009",
        "name": file.name,
        "size": 5,
        "type": "image/png",
    }


def names(answer):
    return [file["name"] for file in answer or []]


def test_files_are_added_to_those_that_are_kept():
    result = read(files_field(), posted(), files=sent("a.png", "b.png"), stored={"plans": KEPT}, upload=taken)
    assert names(result.answers["plans"]) == ["1.pdf", "2.pdf", "a.png", "b.png"]
    assert result.kept["plans"] == result.answers["plans"]
    assert not result.errors and not result.again


def test_a_refused_file_is_named_and_the_others_are_kept():
    result = read(files_field(), posted(), files=sent("a.png", "bad.exe"), upload=taken)
    assert names(result.kept["plans"]) == ["a.png"]
    assert [error.code for error in result.errors] == ["wrong_type"]
    assert "bad.exe" in result.errors[0].sentence


def test_a_name_that_could_deceive_a_reader_is_written_out_and_kept_short():
    result = read(files_field(), posted(), files=sent("bad\u202egpj.exe", f"bad{'x' * 90}.exe"), upload=taken)
    first, second = (error.sentence for error in result.errors)
    assert "badgpj.exe could not be used" in first
    assert f"bad{'x' * 56}… could not be used" in second


def test_the_button_beside_a_file_removes_this_one_and_shows_the_page_again():
    result = read(files_field(min=2), posted(plans__remove__1="yes"), stored={"plans": KEPT})
    assert names(result.kept["plans"]) == ["2.pdf"]
    assert result.again and not result.errors


def test_the_upload_button_takes_files_without_judging_the_rest_of_the_page():
    form = form_of(field("plans", "files", options={"min": 2}), field("name"))
    result = read(form, posted(plans__add="yes", name=""), files=sent("a.png"), upload=taken)
    assert result.again and not result.errors
    assert names(result.kept["plans"]) == ["a.png"]


def test_too_few_too_many_and_none_are_complaints():
    too_few = read(files_field(min=2), posted(), files=sent("a.png"), upload=taken)
    assert [error.code for error in too_few.errors] == ["too_few"]
    too_many = read(files_field(max=1), posted(), files=sent("a.png", "b.png"), upload=taken)
    assert [error.code for error in too_many.errors] == ["too_many"]
    assert names(too_many.kept["plans"]) == ["a.png"]
    assert [error.code for error in read(files_field(), posted()).errors] == ["required"]
