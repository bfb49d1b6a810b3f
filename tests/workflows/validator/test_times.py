"""A step is not longer than the case."""

import pytest

from engine.core.worktime import Span
from tests.workflows.steps import pause, task
from tests.workflows.validator.nets import wrong
from workflows.validator.times import is_longer


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        ({"days": 11}, {"days": 10}, True),
        ({"days": 10}, {"days": 10}, False),
        ({"working_days": 8}, {"days": 10}, True),
        ({"working_days": 7}, {"days": 9}, False),  # a little: with a holiday less it would fit
        ({"months": 1}, {"working_days": 10}, True),
        ({"hours": 200}, {"working_days": 10}, False),
        ({"years": 1}, {"months": 11}, False),
    ],
)
def test_lengths_of_time_are_compared_over_their_units(one, other, longer):
    assert is_longer(Span(**one), Span(**other)) is longer


def test_what_takes_longer_than_the_case_is_worth_a_look():
    nodes = ({**task("check", "rest"), "due": {"working_days": 11}}, pause("rest", "done", 20))
    found = wrong(*nodes, severity="look")
    assert found["check: longer_than_case"] == (
        "This takes 11 working days, but the whole case is to be decided within 10 working days."
    )
    assert "rest: longer_than_case" in found


def test_the_time_of_the_applicant_does_not_count():
    ask = {"key": "ask", "type": "applicant_task", "title": "Ask", "due": {"days": 60}, "next": "done"}
    assert "ask: longer_than_case" not in wrong(ask, severity="look")
