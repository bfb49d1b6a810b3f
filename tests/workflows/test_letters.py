"""Letters about a case."""

import pytest

from engine.messages.models import Letter
from workflows.letters import filled, unknown_placeholders, write_letters
from workflows.parts import MessageDefinition

MESSAGE = MessageDefinition.model_validate({"subject": "About {reference}", "body": "Due {due}."})


def test_braces_in_a_name_fill_in_nothing_more():
    assert filled("Dear {applicant}", {"applicant": "{reference}", "reference": "X"}) == "Dear {reference}"
    assert filled("{unknown} {", {}) == "{unknown} {"


def test_unknown_placeholders_are_named():
    assert unknown_placeholders("{reference} {name} {} {due}") == ["name", ""]


@pytest.mark.django_db
def test_the_same_cause_writes_to_nobody_twice(package, publish, begin, clerk, supervisor):
    case = begin(publish(package))
    for people in ([clerk], [clerk, supervisor]):
        write_letters(case, people, "late", MESSAGE, cause="deadline:1", due_at=case.due_at)
    found = Letter.objects.filter(kind="stall-licence:late").order_by("recipient__name")
    assert [letter.recipient for letter in found] == [supervisor, clerk]
    assert found[0].subject == f"About {case.reference}"
    assert str(case.due_at.year) in found[0].text
