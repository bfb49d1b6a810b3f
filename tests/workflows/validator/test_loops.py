"""Circles: none without a rest, and none that tries for ever."""

from tests.workflows.steps import join, parallel, pause, task
from tests.workflows.validator.nets import wrong

CHOOSE = {
    "key": "choose",
    "type": "decision",
    "branches": [{"when": "answers.amount > 1.0", "to": "again"}],
    "otherwise": "done",
}


def test_a_circle_in_which_nothing_waits_is_refused():
    second = {**CHOOSE, "key": "again", "branches": [{"when": "answers.amount > 2.0", "to": "choose"}]}
    found = wrong(CHOOSE, second)
    assert list(found) == ["choose: endless"]
    assert '"choose", "again"' in found["choose: endless"]


def test_a_split_and_its_join_are_no_rest():
    nodes = (
        {**CHOOSE, "branches": [{"when": "answers.amount > 1.0", "to": "both"}]},
        parallel("both", "together", "one"),
        {**CHOOSE, "key": "one", "branches": [{"when": "true", "to": "together"}], "otherwise": "together"},
        join("together", "choose"),
    )
    assert [where.split(": ")[1] for where in wrong(*nodes)] == ["endless"]


def test_a_circle_with_a_person_is_right():
    assert wrong(CHOOSE, task("again", "choose")) == {}
    assert "choose: retry_without_end" not in wrong(CHOOSE, task("again", "choose"), severity="look")


def test_a_circle_that_only_waits_is_worth_a_look():
    nodes = (CHOOSE, pause("again", "choose"))
    assert wrong(*nodes) == {}
    assert "choose: retry_without_end" in wrong(*nodes, severity="look")


def test_a_circle_that_counts_its_rounds_ends():
    loop = {"key": "again", "type": "loop_back", "again": "choose", "at_most": 3, "next": "refused"}
    assert wrong(CHOOSE, loop) == {}
    assert "choose: retry_without_end" not in wrong(CHOOSE, loop, severity="look")
