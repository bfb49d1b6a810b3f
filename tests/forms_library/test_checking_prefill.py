"""First answers that nothing would fill in are named before a form is published."""

from typing import Any

import pytest

from engine.core.problems import Problems
from forms_library.checking import check_form
from forms_library.definition import Form
from tests.forms_library.examples import field

ASK = {"address": "https://register.example.org/{key}", "key": "answers.number"}


def problems_of(*pages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Code and place of all problems of a form of these pages."""
    made = [{"key": f"p{n}", "title": "P", "fields": fields} for n, fields in enumerate(pages)]
    problems = Problems()
    check_form(Form.model_validate({"title": "F", "pages": made}), problems)
    return [(problem.code, problem.where) for problem in problems]


def test_what_is_known_and_asked_in_time_is_no_problem() -> None:
    first = [field("number"), field("name", prefill={"from": "profile.name"})]
    second = [
        field("town", prefill={"from": "register.data.town", "ask": ASK}, data_class="public"),
        field("again", prefill={"from": "earlier.town"}),
    ]
    assert problems_of(first, second) == []


@pytest.mark.parametrize(
    ("prefill", "code", "place"),
    [
        ({"from": "profile.birthday"}, "unknown_source", "prefill.from"),
        ({"from": "context.case"}, "unknown_source", "prefill.from"),
        ({"from": "earlier.nothing"}, "unknown_source", "prefill.from"),
        (
            {"from": "register.town", "ask": {**ASK, "key": "answers.nothing"}},
            "unknown_field",
            "prefill.ask.key",
        ),
        (
            {"from": "register.town", "ask": {**ASK, "key": "profile.age"}},
            "unknown_source",
            "prefill.ask.key",
        ),
        ({"from": "register.town", "ask": ASK}, "asked_too_late", "prefill.ask.key"),
    ],
)
def test_a_source_that_there_is_not_is_named(prefill: dict[str, Any], code: str, place: str) -> None:
    asked = field("town", prefill=prefill, data_class="public")
    assert problems_of([field("number"), asked]) == [(code, f"pages[0].fields[1].{place}")]


def test_whoever_types_a_number_sees_what_a_register_knows() -> None:
    asked = field("town", prefill={"from": "register.town", "ask": ASK})
    assert problems_of([field("number")], [asked]) == [("anybody_asks", "pages[1].fields[0].prefill.ask.key")]


def test_what_is_never_filled_in_is_named() -> None:
    known = {"from": "profile.name"}
    rows = {"fields": [field("who", prefill=known)]}
    found = problems_of(
        [
            field("plan", "file", prefill=known),
            field("fee", "calculated", options={"rule": "1 + 1", "result": "integer"}, prefill=known),
            field("rows", "repeating_group", options=rows),
        ]
    )
    assert [code for code, _ in found if code == "not_filled"] == ["not_filled"] * 3


def test_a_register_and_what_it_is_asked_by_belong_together() -> None:
    for prefill in ({"from": "register.town"}, {"from": "profile.name", "ask": ASK}):
        with pytest.raises(ValueError, match="ask"):
            Form.model_validate(
                {"title": "F", "pages": [{"key": "p", "title": "P", "fields": [field("a", prefill=prefill)]}]}
            )
