"""The names of what a page shows: of questions, of what stands in rows at times, of values that are found."""

import pytest

from forms_library.drawn import names_on
from forms_library.field_type import Reading
from tests.forms_library.examples import TODAY, field, form_of

READING = Reading(TODAY)
FORM = form_of(
    field("count", "integer"),
    field("more", show_when="answers.count > 1"),
    field("line", "divider", show_when="answers.count > 1"),
    field("twice", "calculated", options={"rule": "answers.count * 2", "result": "integer"}),
    field(
        "rows",
        "repeating_group",
        options={
            "fields": [
                field("age", "integer"),
                field("school", show_when="item.age > 5"),
                field("next", "calculated", options={"rule": "item.age + 1", "result": "integer"}),
            ]
        },
    ),
)


def names(answers=None, raw=None, only=None):
    return names_on(FORM, "page", answers or {}, raw or {}, READING, only)


def test_a_page_without_answers_names_its_fields_alone():
    assert names() == ["count", "twice", "rows"]


def test_what_answers_bring_up_is_named_in_its_row_and_a_value_when_it_is_there():
    found = names({"count": 2, "rows": [{"age": 3}, {"age": 7}]})
    assert found == [
        *("count", "more", "twice", "twice=", "rows"),
        *("rows-0-next=", "rows-1-school", "rows-1-next="),
    ]


def test_what_is_typed_counts_before_what_is_stored():
    assert "more" in names({"count": 1}, {"count": "2"})
    assert "more" not in names({"count": 2}, {"count": "1"})


def test_a_correction_names_what_it_shows():
    assert names({"count": 2}, only=frozenset({"more"})) == ["more"]


@pytest.mark.parametrize("typed", ["", "many", "-1"])
def test_what_cannot_be_read_brings_up_nothing(typed):
    assert "more" not in names({}, {"count": typed})
