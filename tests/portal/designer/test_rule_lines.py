"""Which answer decides about what: a sentence for each, and where both ends stand."""

from __future__ import annotations

from typing import Any

import pytest

from engine.departments.models import Department
from engine.departments.roles import Role
from portal.designer.rule_lines import rule_lines
from tests.conftest import Person
from tests.portal.designer.calling import *  # noqa: F403  fixtures
from workflows.models import Service

Part = dict[str, Any]


def asked(key: str, kind: str, label: str, **more: Any) -> Part:
    """One question."""
    return {"key": key, "type": kind, "label": {"en": label}, **more}


ROWS = {
    "fields": [
        asked("age", "integer", "Age"),
        asked("school", "short_text", "School", show_when="item.age > 5", required_when="answers.has_dog"),
    ],
    "checks": [{"rule": "item.age < 30", "sentence": {"en": "Too old"}, "field": "age"}],
}
PAGES = [
    {
        "key": "one",
        "title": {"en": "First"},
        "fields": [
            {"moon": 1},
            asked("has_dog", "yes_no", "Is there a dog?"),
            asked("dog", "short_text", "Its name", show_when="answers.has_dog"),
            asked("children", "repeating_group", "Children", options=ROWS),
        ],
        "next": [{"to": "check", "when": "!answers.has_dog"}],
        "checks": [{"rule": 'answers.dog != "x"', "sentence": {"en": "No"}, "field": "dog"}],
    },
    {
        "key": "two",
        "title": {"en": "Second"},
        "show_when": 'answers.dog == "Rex"',
        "fields": [
            asked(
                "twice",
                "calculated",
                "Twice",
                options={"rule": "size(answers.children) * 2", "result": "integer"},
            )
        ],
    },
]
DOCUMENT: Part = {"format": 1, "forms": {"f": {"title": {"en": "Form"}, "pages": PAGES}}}
FIRST = ["forms", "f", "pages", 0]


def test_every_rule_is_told_with_what_it_reads() -> None:
    lines = rule_lines(DOCUMENT, "f", "en")
    assert {line["sentence"] for line in lines} == {
        "“Is there a dog?” decides whether “Its name” is shown",
        "“Is there a dog?” decides whether “School” must be answered",
        "“Age” decides whether “School” is shown",
        "“Age” is looked at in a rule for each “Children”",
        "“Is there a dog?” decides where the page “First” leads",
        "“Its name” is looked at in a rule of the page “First”",
        "“Its name” decides whether the page “Second” is shown",
        "“Twice” is worked out from “Children”",
    }


def test_each_line_leads_to_both_ends_also_beside_a_question_that_is_broken() -> None:
    found = {line["sentence"]: line for line in rule_lines(DOCUMENT, "f", "en")}
    line = found["“Age” decides whether “School” is shown"]
    rows = [*FIRST, "fields", 3, "options", "fields"]
    assert (line["from"]["path"], line["to"]["path"]) == ([*rows, 0], [*rows, 1])
    line = found["“Its name” decides whether the page “Second” is shown"]
    assert (line["from"]["path"], line["to"]["path"]) == ([*FIRST, "fields", 2], ["forms", "f", "pages", 1])
    assert rule_lines(DOCUMENT, "nothing", "en") == []
    assert rule_lines({"forms": 3}, "f", "en") == []


@pytest.mark.django_db
def test_only_designers_of_the_department_are_told(
    service: Service, call: Any, person: Person, works: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, works)
    body = {"document": DOCUMENT, "form": "f"}
    assert len(call("lines", body)[1]["lines"]) == 8
    assert call("lines", body, by=other)[0] in (403, 404)
