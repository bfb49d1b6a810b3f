"""Forms of the XGov digital-form-builder."""

import copy
from typing import Any

import pytest

from forms_library.compiled import compile_form
from forms_library.definition import Form
from forms_library.importers.xgov import Xgov
from forms_library.importing.port import Imported, Refused
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV


@pytest.fixture
def imported() -> Imported:
    return Xgov().read(copy.deepcopy(XGOV))


@pytest.fixture
def form(imported: Imported) -> Form:
    return imported.forms[0].form


def notes(imported: Imported, kind: str) -> dict[str, str]:
    return {note.where: note.code for note in imported.report if note.kind == kind}


def test_only_its_own_documents_are_recognised() -> None:
    assert Xgov().recognises(XGOV)
    for other in (MOJ, OPEN_FORMS, SCHEMA, [], None, {"pages": 1}, {"pages": [1]}):
        assert not Xgov().recognises(other)


def test_pages_stand_so_that_links_lead_forward_and_keep_their_paths(form: Form) -> None:
    assert {page.origin for page in form.pages} == {"/start", "/berth", "/sorry"}
    assert form.pages[0].origin == "/start"


def test_links_keep_the_names_of_their_conditions(form: Form) -> None:
    links = form.pages[0].next or []
    assert [(link.to, link.when, link.origin) for link in links] == [
        ("berth", "answers.has_boat == true", "yes"),
        ("sorry", "answers.has_boat == false", "no"),
        ("check", None, None),
    ]


def test_a_page_that_leads_nowhere_and_asks_nothing_is_an_exit(form: Form) -> None:
    assert [page.key for page in form.pages if page.exit] == ["sorry"]


def test_fields_keep_their_full_names_and_choices_their_values(form: Form) -> None:
    berth = next(field for field in form.fields() if field.key == "berth")
    assert berth.origin == "boat.berth"
    assert [(choice["key"], choice["origin"]) for choice in berth.options["choices"]] == [
        ("North-quay", "North quay"),
        ("S-1", "S&1"),
    ]
    assert berth.options["choices"][1]["hint"] == "Deep"


def test_rows_become_a_repeating_group_with_its_questions(form: Form) -> None:
    costs = next(field for field in form.fields() if field.key == "costs")
    assert costs.type == "repeating_group"
    assert [inner["type"] for inner in costs.options["fields"]] == ["short_text", "decimal"]
    assert costs.options["fields"][1]["options"]["prefix"] == "£"


def test_html_becomes_markdown(form: Form) -> None:
    intro = next(field for field in form.fields() if field.origin == "intro")
    assert intro.options["text"] == "Read [this](https://example.org)."


def test_defects_of_the_source_are_named_at_their_place(imported: Imported) -> None:
    found = notes(imported, "defect")
    assert found["pages[0].next[0]"] == "unknown_page"
    assert found["conditions[2]"] == "unused_condition"


def test_what_has_no_place_here_is_named(imported: Imported) -> None:
    found = notes(imported, "lost")
    assert found["outputs"] == "output"
    assert found["pages[1].components[1].options.exposeToContext"] == "context"
    assert found["pages[0].components[1].options.columnTitles"] == "columns"


def test_the_form_can_be_asked(form: Form) -> None:
    assert compile_form(form).pages.keys() == {"start", "berth", "sorry"}


def test_a_condition_on_a_field_that_is_gone_is_a_defect_and_its_link_is_named() -> None:
    document = copy.deepcopy(XGOV)
    document["conditions"][1]["value"] = "lost_field == 'x'"
    imported = Xgov().read(document)
    assert notes(imported, "defect")["conditions[1]"] == "unknown_field"
    assert notes(imported, "lost")["pages[1].next[1]"] == "link"
    compile_form(imported.forms[0].form)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("has_boat==true and berth == 'S&1'", 'answers.has_boat == true && answers.berth == "S-1"'),
        (
            "has_boat == true or not (has_boat == false)",
            "answers.has_boat == true || (!(((has(answers.has_boat) && answers.has_boat == false))))",
        ),
        ("boat.berth != 'S&1'", '(!has(answers.berth) || answers.berth != "S-1")'),
    ],
)
def test_string_conditions_become_rules(text: str, rule: str) -> None:
    document = copy.deepcopy(XGOV)
    document["conditions"][1]["value"] = text
    imported = Xgov().read(document)
    assert (
        next(link.when for link in imported.forms[0].form.pages[0].next or [] if link.origin == "no") == rule
    )


def test_choices_that_are_numbers_can_be_more_than_one() -> None:
    document = copy.deepcopy(XGOV)
    document["lists"][0]["items"] = [{"text": str(number), "value": number} for number in (1, 2, 3)]
    document["conditions"][1]["value"] = "berth > 1"
    imported = Xgov().read(document)
    assert 'answers.berth in ["2", "3"]' in [link.when for link in imported.forms[0].form.pages[0].next or []]


def test_a_circle_of_links_is_opened_and_named() -> None:
    document = copy.deepcopy(XGOV)
    document["pages"][0]["next"] = [{"path": "/start"}]
    imported = Xgov().read(document)
    assert notes(imported, "lost")["pages[0].next[0]"] == "back"
    compile_form(imported.forms[0].form)


@pytest.mark.parametrize(
    "change",
    [
        {"pages": [{"path": "/a", "components": 5, "next": "x"}]},
        {"pages": [{"path": "/a", "components": [None, 3, {}]}], "lists": {"a": 1}},
        {"pages": [{"path": None}, {"path": "/b", "components": [{"type": [], "name": {}, "options": 7}]}]},
        {"conditions": [{"name": "no", "value": {"conditions": [{"conditionName": "no"}]}}]},
        {"lists": [{"name": "berths", "items": []}]},
        {"sections": "x", "startPage": 12},
    ],
)
def test_no_odd_shape_breaks_the_reading(change: dict[str, Any]) -> None:
    imported = Xgov().read({**copy.deepcopy(XGOV), **change})
    assert len(imported.report)
    compile_form(imported.forms[0].form)


def test_a_form_without_any_page_is_refused() -> None:
    with pytest.raises(Refused):
        Xgov().read({"pages": [], "startPage": "/a"})
