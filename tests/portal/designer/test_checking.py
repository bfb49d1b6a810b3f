"""Problems and checklist of documents that are not finished: what is right is looked at, the rest says so."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from engine.departments.models import Department
from engine.departments.roles import Role
from portal.designer.checking import Checked, check
from portal.designer.checklist import Line, checklist
from tests.conftest import Person
from tests.portal.designer.conftest import PACKAGE

pytestmark = pytest.mark.django_db
Part = dict[str, Any]


@pytest.fixture
def document() -> Part:
    """A document without problems."""
    found: Part = yaml.safe_load(PACKAGE)
    found["messages"] = {"hello": {"subject": "Hello", "body": "Good day"}}
    return found


@pytest.fixture
def department(person: Person, licensing: Department) -> Department:
    """A department with a clerk who does the steps."""
    person("Karim Clerk", Role.CLERK, licensing)
    return licensing


def add_empty_page(document: Part) -> Part:
    """The same with a page that asks nothing yet."""
    changed = copy.deepcopy(document)
    changed["forms"]["application"]["pages"].append({"key": "more", "title": "More", "fields": []})
    return changed


def lines(document: Part, checked: Checked) -> dict[str, Line]:
    """The checklist by the keys of its lines."""
    return {line.key: line for line in checklist(document, checked)}


def places(checked: Checked) -> set[str]:
    """Where problems are."""
    return {problem.where for problem in checked.problems}


def test_a_document_without_problems_is_done(document: Part, department: Department) -> None:
    checked = check(document, department)
    assert checked.package is not None
    assert all(line.done for key, line in lines(document, checked).items() if key != "title")


def test_beside_an_empty_page_everything_else_is_looked_at(document: Part, department: Department) -> None:
    changed = add_empty_page(document)
    changed["forms"]["application"]["pages"][0]["fields"][0]["show_when"] = "answers.nothing"
    changed["workflow"]["nodes"][1]["outcomes"][0]["next"] = "nowhere"
    changed["messages"]["hello"]["body"] = "Dear {nobody}"
    checked = check(changed, department)
    assert checked.package is None
    assert {
        "forms.application.pages[1].fields",
        "forms.application.pages[0].fields[0].show_when",
        "workflow.nodes[1].outcomes[0].next",
        "messages.hello.body",
    } <= places(checked)
    found = lines(changed, checked)
    assert not any(found[key].done for key in ("form", "workflow", "messages"))
    assert found["people"].done


def test_an_empty_page_alone_is_the_only_thing_to_mend(document: Part, department: Department) -> None:
    changed = add_empty_page(document)
    checked = check(changed, department)
    bad = [problem.where for problem in checked.problems if problem.severity == "mend"]
    assert bad == ["forms.application.pages[1].fields"]
    found = lines(changed, checked)
    assert {key for key, line in found.items() if not line.done} == {"form", "translations"}


def test_a_step_of_the_wrong_shape_keeps_the_line_of_people_open(
    document: Part, department: Department
) -> None:
    changed = copy.deepcopy(document)
    changed["workflow"]["nodes"].insert(1, {"key": "odd", "type": "no such type"})
    changed["workflow"]["nodes"][2]["role"] = "supervisor"
    checked = check(changed, department)
    found = lines(changed, checked)
    assert not found["workflow"].done
    assert not found["people"].done
    assert "workflow.nodes[2]" in places(checked)
    changed["workflow"]["nodes"][2]["role"] = "clerk"
    waiting = lines(changed, check(changed, department))["people"]
    assert waiting.sentence == "Not looked at yet: first mend the workflow"


def test_a_question_of_the_wrong_shape_makes_nothing_else_look_wrong(
    document: Part, department: Department
) -> None:
    changed = copy.deepcopy(document)
    fields = changed["forms"]["application"]["pages"][0]["fields"]
    fields.append({"key": "age", "type": "integer", "label": "Age", "moon": 1})
    changed["summary_fields"] = ["age"]
    changed["workflow"]["nodes"][1]["priority"] = "answers.age > 3"
    checked = check(changed, department)
    assert all(
        place.startswith(("forms.application.pages[0].fields[1]", "workflow.nodes[1].prio"))
        for place in places(checked)
    ), places(checked)
    del changed["workflow"]["nodes"][1]["priority"]
    found = lines(changed, check(changed, department))
    assert found["workflow"].sentence == "Not looked at yet: first mend the form"
    assert found["messages"].done


def test_a_message_of_the_wrong_shape_is_still_known_to_the_steps(
    document: Part, department: Department
) -> None:
    changed = copy.deepcopy(document)
    changed["messages"]["hello"]["moon"] = 1
    changed["workflow"]["nodes"][1]["outcomes"][0]["next"] = "mail"
    changed["workflow"]["nodes"].append(
        {"key": "mail", "type": "send_message", "title": "Write", "message": "hello", "next": "done"}
    )
    found = lines(changed, checked := check(changed, department))
    assert found["workflow"].done, places(checked)
    assert not found["messages"].done


@pytest.mark.parametrize(
    "document", [{}, {"format": 9}, {"format": 1, "workflow": 3, "forms": [], "roles": 5}]
)
def test_of_what_is_no_package_nothing_is_claimed(document: Part, department: Department) -> None:
    found = lines(document, check(document, department))
    assert not any(found[key].done for key in ("workflow", "people"))
    if document.get("format") == 9:
        assert found["messages"].sentence == "Not looked at yet: first mend what is named as a problem"
