"""The shape of a form."""

import time

import pytest
from pydantic import ValidationError

from forms_library.definition import Form
from tests.forms_library.examples import field


def form(*fields, **words):
    return Form.model_validate(
        {"title": "F", "pages": [{"key": "p", "title": "P", "fields": list(fields), **words}]}
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "1st"}, {"key": "_a"}, {"key": "a-b"}, {"key": ""}, {"key": "a" * 61},
        {"colour": "red"}, {"show_when": ""}, {"show_when": "x" * 5_001},
        {"data_class": "secret"}, {"required": "perhaps"}, {"options": []}, {"label": {"EN!": "x"}},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(ValidationError):
        form({**field("name"), **wrong})


def test_a_page_without_fields_is_refused():
    with pytest.raises(ValidationError):
        form()


def test_a_form_written_and_read_again_is_the_same():
    whole = form(field("name", label={"en": "Name", "ar": "الاسم"}), {"block": "person", "key": "applicant"})
    assert Form.model_validate(whole.model_dump(mode="json", exclude_defaults=True)) == whole
    assert Form.model_validate_json(whole.model_dump_json()) == whole
    assert [found.key for found in whole.fields()][:2] == ["name", "applicant_name"]


def test_nothing_in_a_form_can_be_changed_later():
    with pytest.raises(ValidationError):
        form(field("name")).pages[0].fields[0].key = "other"


def field_of(key, kind="short_text", **options):
    return {"key": key, "type": kind, "label": key, "options": options}


def test_a_form_of_a_hundred_thousand_fields_is_refused_at_once():
    pages = [
        {"key": f"p{n}", "title": "P", "fields": [field_of(f"f{n}_{m}") for m in range(1_000)]}
        for n in range(100)
    ]
    began = time.process_time()
    with pytest.raises(ValidationError, match="at most 2,000 fields"):
        Form.model_validate({"title": "F", "pages": pages})
    assert time.process_time() - began < 2


def test_questions_stand_inside_each_other_at_most_three_levels_deep():
    deep = field_of("x")
    for level in range(4):
        with_it = {"title": "F", "pages": [{"key": "p", "title": "P", "fields": [deep]}]}
        Form.model_validate(with_it)
        deep = field_of(f"g{level}", "group", fields=[deep])
    with pytest.raises(ValidationError, match="three levels"):
        Form.model_validate({"title": "F", "pages": [{"key": "p", "title": "P", "fields": [deep]}]})


def test_links_prefill_and_origin_come_back_as_they_were_written():
    page = {
        "key": "p",
        "title": "P",
        "origin": "/p",
        "section": "About",
        "next": [{"to": "check", "when": "answers.a"}],
        "fields": [{"key": "a", "type": "yes_no", "label": "A", "prefill": {"from": "profile.name"}}],
    }
    form = Form.model_validate({"title": "F", "pages": [page]})
    written = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert written["pages"] == [page]
    assert Form.model_validate(written) == form
