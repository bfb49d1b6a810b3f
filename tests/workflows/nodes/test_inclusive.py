"""Of several things those that apply, at the same time."""

import pytest

from tests.workflows.steps import join, open_steps, task
from workflows.models import Case, CaseState, WorkItem

pytestmark = pytest.mark.django_db

WHICH = (
    {
        "key": "which",
        "type": "inclusive",
        "branches": [
            {"when": "answers.amount > 100.0", "to": "fire", "label": "Large"},
            {"when": 'answers.trade == "Food"', "to": "health", "label": "Food"},
        ],
        "otherwise": "simple",
    },
    task("fire", "together"),
    task("health", "together"),
    task("simple", "together"),
    join("together", "last"),
    task("last", "done"),
)


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ({"amount": "500.00", "trade": "Food"}, ["fire", "health"]),
        ({"amount": "500.00", "trade": "Books"}, ["fire"]),
        ({"amount": "5.00", "trade": "Food"}, ["health"]),
        ({"amount": "5.00", "trade": "Books"}, ["simple"]),
    ],
)
def test_every_way_whose_rule_holds_is_taken_and_no_other_waited_for(running, decide, clerk, answers, taken):
    case = running(*WHICH, **answers)
    assert open_steps(case) == taken
    for step in taken:
        decide(case, step, clerk, "done")
    assert open_steps(case) == ["last"]


def test_what_is_not_answered_is_not_taken_and_noted(running):
    case = running(*WHICH, amount=None, trade="Food")
    assert open_steps(case) == ["health"]
    item = WorkItem.objects.get(process=case, node_key="which")
    assert item.outcome == "some"
    assert item.data["taken"] == ["branch_1"]
    assert item.data["unanswered"] == {"branch_0": ["answers.amount"]}


def test_the_way_otherwise_is_noted(running):
    item = WorkItem.objects.get(process=running(*WHICH, amount="1.00"), node_key="which")
    assert (item.outcome, item.data["taken"]) == ("otherwise", ["otherwise"])


def test_a_way_straight_to_the_join_does_not_wait(running):
    nodes = [{**WHICH[0], "otherwise": "together"}, *WHICH[1:3], *WHICH[4:]]
    assert open_steps(running(*nodes, amount="1.00")) == ["last"]


def test_two_rules_that_lead_to_the_same_step_do_it_twice(running, decide, clerk):
    which = {**WHICH[0], "branches": [{**branch, "to": "fire"} for branch in WHICH[0]["branches"]]}
    case = running(which, WHICH[1], *WHICH[3:], amount="500.00", trade="Food")
    assert open_steps(case) == ["fire", "fire"]


def test_a_case_that_ends_on_one_way_cancels_the_others(running, decide, clerk):
    nodes = [WHICH[0], task("fire", ok="together", bad="refused"), *WHICH[2:]]
    case = running(*nodes, amount="500.00", trade="Food")
    decide(case, "fire", clerk, "bad")
    assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED
    assert open_steps(case) == []
