"""Rows and groups read from a posted page, without JavaScript."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from forms_library.answers import check_whole
from tests.forms_library.examples import TODAY, field, form_of, posted, read

PETS = field(
    "pets",
    "repeating_group",
    required=False,
    options={
        "fields": [field("kind"), field("years", "integer", required=False, show_when="parent.age > 3")]
    },
)
CHILD = [
    field("name"),
    field("age", "integer"),
    field("school", show_when="item.age < 16", required=False, required_when="item.age > 5"),
    PETS,
]
CHECKS = [{"rule": "item.age < 100", "sentence": "Too old", "field": "age"}]
FAMILY = form_of(
    field("children", "repeating_group", options={"item_label": "Child", "fields": CHILD, "checks": CHECKS})
)


def family(**values):
    return read(FAMILY, posted(**{f"children-{name}": value for name, value in values.items()}))


def places(found):
    return [(error.anchor, error.code) for error in found.errors]


def test_rows_are_read_with_rows_inside_them():
    found = family(**{"0-name": "Leila", "0-age": "4", "0-pets-0-kind": "Cat", "0-pets-0-years": "2"})
    assert found.answers == {"children": [{"name": "Leila", "age": 4, "pets": [{"kind": "Cat", "years": 2}]}]}
    assert found.errors == []


def test_each_error_leads_to_the_input_in_its_row_and_names_the_row():
    found = family(**{"0-name": "Leila", "0-age": "ten", "1-age": "7", "1-name": ""})
    assert places(found) == [
        ("children-0-age", "format"),
        ("children-1-name", "required"),
        ("children-1-school", "required"),
    ]
    assert found.errors[1].sentence == "Child 2: Enter name"
    assert {error.field_key for error in found.errors} == {"children"}


def test_a_part_of_a_question_in_a_row_is_led_to():
    form = form_of(field("trips", "repeating_group", options={"fields": [field("start", "date")]}))
    found = read(
        form, posted(**{"trips-0-start-day": "1", "trips-0-start-month": "", "trips-0-start-year": "2026"})
    )
    assert [error.anchor for error in found.errors] == ["trips-0-start-month"]


def test_hidden_answers_in_a_row_are_dropped_and_not_asked_for():
    found = family(**{"0-name": "Sami", "0-age": "40", "0-school": "Old school", "0-pets-0-kind": "Dog"})
    assert found.answers["children"][0] == {"name": "Sami", "age": 40, "pets": [{"kind": "Dog"}]}
    assert found.errors == []
    found = family(**{"0-name": "Sami", "0-age": "2", "0-pets-0-kind": "Dog", "0-pets-0-years": "many"})
    assert found.errors == []  # the wrong answer stands in a question that is hidden


def test_a_rule_across_a_row_is_told_at_its_question():
    found = family(**{"0-name": "Sami", "0-age": "120"})
    assert [(error.anchor, error.sentence) for error in found.errors] == [("children-0-age", "Too old")]


def test_rows_left_blank_do_not_count_but_the_first_is_asked_for():
    found = family(**{"0-name": "Sami", "0-age": "30", "1-name": "", "1-age": "", "2-_": "1"})
    assert len(found.answers["children"]) == 1 and found.errors == []
    assert places(family(**{"0-name": "", "0-age": ""})) == [
        ("children-0-name", "required"),
        ("children-0-age", "required"),
    ]


def test_a_required_group_that_was_not_sent_is_asked_for_as_a_whole():
    assert places(read(FAMILY, posted())) == [("children", "required")]


def test_the_button_adds_a_row_and_loses_nothing():
    found = family(**{"0-name": "Leila", "0-age": "x", "add": "1"})
    assert found.again and found.errors == []
    assert found.raw["children"] == [{"name": "Leila", "age": "x", "school": "", "pets": []}, {}]


def test_a_row_inside_a_row_is_added_where_the_button_stands():
    found = family(**{"0-name": "Leila", "1-name": "Sami", "1-pets-add": "1"})
    assert found.again
    assert [row["pets"] for row in found.raw["children"]] == [[], [{}]]


def test_the_button_removes_its_row_and_the_others_move_up():
    found = family(**{"0-name": "Leila", "1-name": "Sami", "2-name": "Noor", "1-remove": "1"})
    assert found.again
    assert [row["name"] for row in found.raw["children"]] == ["Leila", "Noor"]


def test_rows_are_counted():
    few = form_of(field("a", "repeating_group", options={"fields": [field("x")], "min": 2, "max": 3}))
    names = {f"a-{n}-x": "x" for n in range(4)}
    assert [error.code for error in read(few, posted(**names)).errors] == ["too_many"]
    assert places(read(few, posted(**{"a-0-x": "x"}))) == [("a", "too_few")]
    assert read(few, posted(**names, **{"a-add": "1"})).again


def test_odd_names_and_numbers_make_no_rows():
    odd = {
        "children-99999999999-name": "x",
        "children--1-name": "x",
        "children-٣-name": "x",
        "children-": "x",
    }
    found = read(FAMILY, posted(**odd))
    assert found.answers["children"] is None
    assert len(family(**{"9999-name": "Leila", "9999-age": "30"}).answers["children"]) == 1


def test_a_group_is_read_under_its_name_and_may_be_left_out_when_it_is_optional():
    inside = {"fields": [field("first"), field("born", "date", required=False)]}
    form = form_of(
        field("person", "group", options=inside), field("other", "group", required=False, options=inside)
    )
    found = read(form, posted(**{"person-first": "Leila", "other-first": ""}))
    assert found.answers == {"person": {"first": "Leila"}, "other": None}
    assert found.errors == []
    assert [error.anchor for error in read(form, posted()).errors] == ["person-first"]


def test_a_file_in_a_row_is_stored_at_once_and_stays_with_its_row():
    form = form_of(
        field(
            "shops",
            "repeating_group",
            options={"fields": [field("name"), field("plan", "file", required=False)]},
        )
    )
    stored = {
        "document": "0198c0de-0000-7000-8000-000000000001",
        "name": "b.pdf",
        "size": 9,
        "type": "application/pdf",
    }
    files = MultiValueDict({"shops-1-plan": [SimpleUploadedFile("b.pdf", b"%PDF-1.7")]})
    data = posted(**{"shops-0-name": "", "shops-1-name": "B"})
    found = read(form, data, files=files, upload=lambda file, rules: stored)
    assert found.kept == {"shops": [{"name": "B", "plan": stored}]}
    data = posted(**{"shops-0-name": "New", "shops-1-name": "B", "shops-0-remove": "1"})
    found = read(form, data, stored={"shops": [{"name": "A"}, {"name": "B", "plan": stored}]})
    assert found.kept == {"shops": [{"name": "B", "plan": stored}]}


def test_a_whole_form_is_judged_again_with_the_same_places():
    whole = check_whole(FAMILY, {"children": [{"name": "Sami", "age": 7}, {"age": 120}]}, TODAY)
    assert [error.anchor for error in whole.errors["page"]] == [
        "children-0-school",
        "children-1-name",
        "children-1-age",
    ]
    whole = check_whole(FAMILY, {"children": "many"}, TODAY)
    assert [error.code for error in whole.errors["page"]] == ["format"]


def test_reading_a_thousand_rows_runs_each_rule_once_for_each_row():
    names = {f"children-{n}-{key}": value for n in range(90) for key, value in (("name", "x"), ("age", "30"))}
    found = read(FAMILY, posted(**names))
    assert len(found.answers["children"]) == 90
    assert found.view.evaluation.ran == 90  # school of each row; there are no pets
