"""The shape of a form."""

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
