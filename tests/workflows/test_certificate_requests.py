"""What a certificate prints of the answers of a case: in its texts, its lines and its tables."""

from __future__ import annotations

from typing import Any

import pytest

from engine.core.problems import Problems
from engine.core.text import Text
from engine.departments.models import Department
from forms_library.compiled import compile_form
from forms_library.definition import Form
from workflows.certificate_requests import PrintedAnswers, filled, request_for
from workflows.parts import CertificateDefinition
from workflows.validator.certificates import check_certificate

CHOICES = [
    {"key": "hot", "label": {"en": "Hot food", "fr": "Plats chauds"}},
    {"key": "cold", "label": "Cold food"},
]
FORM = compile_form(
    Form.model_validate(
        {
            "title": "Stall",
            "pages": [
                {
                    "key": "one",
                    "title": "One",
                    "fields": [
                        {"key": "name", "type": "short_text", "label": "Name"},
                        {"key": "secret", "type": "short_text", "label": "Secret", "data_class": "sensitive"},
                        {"key": "food", "type": "radio", "label": "Food", "options": {"choices": CHOICES}},
                        {
                            "key": "helpers",
                            "type": "repeating_group",
                            "label": "Helpers",
                            "options": {
                                "fields": [
                                    {"key": "who", "type": "short_text", "label": "Who"},
                                    {"key": "age", "type": "integer", "label": "Age"},
                                ]
                            },
                        },
                    ],
                }
            ],
        }
    )
)
ANSWERS = {
    "name": "Leila <Haddad>",
    "food": "hot",
    "helpers": [{"who": "Omar", "age": 30}, {"who": "Aya"}],
}


def certificate(**more: Any) -> CertificateDefinition:
    """A certificate in two languages."""
    values = {
        "title": "Permit",
        "statement": "It is so.",
        "prefix": "P",
        "languages": ["en", "fr"],
        "holder": "name",
    }
    return CertificateDefinition.model_validate({**values, **more})


def problems_of(**more: Any) -> list[tuple[str, str]]:
    """Where something is wrong with a certificate, and what."""
    problems = Problems()
    check_certificate(certificate(**more), FORM, problems)
    return [(problem.where, problem.code) for problem in problems]


def test_answers_named_in_braces_are_said_in_each_language_and_other_braces_stay() -> None:
    text = Text({"en": "{name} sells {food} {} {9}.", "fr": "{name} vend : {food}."})
    assert filled(text, PrintedAnswers(FORM, ANSWERS)).root == {
        "en": "Leila <Haddad> sells Hot food {} {9}.",
        "fr": "Leila <Haddad> vend : Plats chauds.",
    }


@pytest.mark.django_db
def test_rows_become_a_table_and_blocks_keep_their_order(licensing: Department) -> None:
    definition = certificate(
        statement={"en": "For {name}.", "fr": "Pour {name}."},
        signature="end",
        blocks=[
            {"type": "heading", "words": {"en": "Helpers", "fr": "Aides"}, "place": "above"},
            {
                "type": "table",
                "rows_of": "helpers",
                "columns": [{"field": "who"}, {"field": "age", "label": "Years"}],
            },
        ],
    )
    made = request_for(
        definition,
        PrintedAnswers(FORM, ANSWERS),
        department=licensing,
        kind="stall/permit",
        idempotency_key="one",
        case_reference="ST-1",
    )
    heading, table = made.blocks
    assert (made.statement.in_("fr"), made.signature) == ("Pour Leila <Haddad>.", "end")
    assert (heading.kind, heading.above, heading.words.in_("fr")) == ("heading", True, "Aides")
    assert [title.in_("en") for title in table.header] == ["Who", "Years"]
    assert [[cell.get("en", "") for cell in row] for row in table.cells] == [["Omar", "30"], ["Aya", ""]]


def test_no_rows_make_an_empty_table() -> None:
    assert PrintedAnswers(FORM, {}).rows("helpers") == []


def test_what_nobody_asks_what_is_sensitive_and_what_has_no_rows_is_named_at_its_place() -> None:
    assert problems_of() == []
    assert problems_of(statement={"en": "{nothing}", "fr": "{secret}"}) == [
        ("statement", "unknown_field"),
        ("statement", "sensitive"),
    ]
    table = {"type": "table", "rows_of": "food", "columns": [{"field": "who"}]}
    assert problems_of(blocks=[table]) == [("blocks[0].rows_of", "no_rows")]
    table = {"type": "table", "rows_of": "helpers", "columns": [{"field": "who"}, {"field": "shoe"}]}
    assert problems_of(blocks=[table]) == [("blocks[0].columns[1].field", "unknown_field")]
    heading = {"type": "heading", "words": {"en": "Only English"}}
    assert problems_of(blocks=[heading]) == [("blocks[0].words", "no_text")]
