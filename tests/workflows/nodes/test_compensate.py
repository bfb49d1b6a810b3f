"""Finished steps are undone in reverse order, each visit once."""

import pytest

from tests.workflows.steps import open_steps, parallel, task, visits
from tests.workflows.validator.test_package import found
from workflows.ending import withdraw_case
from workflows.models import Case, WorkItem
from workflows.unit import unit

pytestmark = pytest.mark.django_db
UNDO = {"key": "undo", "type": "compensate", "next": "last"}


def undoes(step: str, by: str) -> dict[str, str]:
    return {"key": f"un_{step}", "type": "compensation", "on": step, "next": by}


@pytest.fixture
def case(running) -> Case:
    """Two bookings and a thing that needs no undoing; then all is undone."""
    return running(
        task("hall", "look"),
        task("look", "band"),
        task("band", go="undo", again="hall"),
        undoes("hall", "cancel_hall"),
        undoes("band", "cancel_band"),
        task("cancel_hall", "over"),
        task("cancel_band", "over"),
        UNDO,
        task("last", "refused"),
    )


@pytest.fixture
def go(case, decide, clerk):
    """Decides steps in their order."""

    def through(*steps: str) -> None:
        for step in steps:
            key, _, outcome = step.partition("=")
            decide(case, key, clerk, outcome or "done")

    return through


def undone(case: Case) -> list[str]:
    found = WorkItem.objects.filter(process=case, node_key__startswith="cancel_").order_by("created", "pk")
    return list(found.values_list("node_key", flat=True))


def test_the_last_is_undone_first_and_then_the_case_goes_on(case, go):
    go("hall", "look", "band=go")
    assert open_steps(case) == ["cancel_band", "undo"]
    go("cancel_band")
    assert open_steps(case) == ["cancel_hall", "undo"]
    go("cancel_hall")
    assert open_steps(case) == ["last"]
    assert undone(case) == ["cancel_band", "cancel_hall"]


def test_each_visit_of_a_step_is_undone_once(case, go):
    go("hall", "look", "band=again", "hall", "look", "band=go")
    go("cancel_band", "cancel_hall", "cancel_band", "cancel_hall")
    assert open_steps(case) == ["last"]
    assert undone(case) == ["cancel_band", "cancel_hall"] * 2


def test_nothing_is_undone_twice(running, decide, clerk):
    case = running(
        task("hall", "undo"),
        undoes("hall", "cancel_hall"),
        task("cancel_hall", "over"),
        {**UNDO, "next": "ask"},
        task("ask", again="undo", stop="refused"),
    )
    for key, outcome in (("hall", "done"), ("cancel_hall", "done"), ("ask", "again")):
        decide(case, key, clerk, outcome)
    assert open_steps(case) == ["ask"]
    assert undone(case) == ["cancel_hall"]


def test_where_nothing_was_done_the_case_goes_on_at_once(running):
    undoing = (undoes("hall", "undoing"), task("undoing", "over"))
    case = running(UNDO, task("hall", "done"), task("last", "hall"), *undoing)
    assert open_steps(case) == ["last"]


def test_only_the_named_steps(running, decide, clerk):
    case = running(
        task("hall", "band"),
        task("band", "undo"),
        undoes("hall", "cancel_hall"),
        undoes("band", "cancel_band"),
        task("cancel_hall", "over"),
        task("cancel_band", "over"),
        {**UNDO, "steps": ["hall"]},
        task("last", "refused"),
    )
    decide(case, "hall", clerk, "done")
    decide(case, "band", clerk, "done")
    assert open_steps(case) == ["cancel_hall", "undo"]


def test_a_path_that_needs_nobody_is_over_at_once(running, decide, clerk, simple_package):
    simple_package["messages"] = {"gone": {"subject": "Gone", "body": "It is gone."}}
    letter = {"key": "tell", "type": "send_message", "message": "gone", "next": "over"}
    case = running(task("hall", "undo"), undoes("hall", "tell"), letter, UNDO, task("last", "refused"))
    decide(case, "hall", clerk, "done")
    assert open_steps(case) == ["last"]
    assert visits(case, "tell") == ["DONE"]


def test_a_path_can_part_and_all_of_it_must_end(running, decide, clerk):
    case = running(
        task("hall", "undo"),
        undoes("hall", "both"),
        parallel("both", "first", "second"),
        task("first", "over"),
        task("second", "over"),
        UNDO,
        task("last", "refused"),
    )
    decide(case, "hall", clerk, "done")
    decide(case, "second", clerk, "done")
    assert open_steps(case) == ["first", "undo"]
    decide(case, "first", clerk, "done")
    assert open_steps(case) == ["last"]


def test_a_crash_in_the_middle_is_as_if_nothing_had_happened(case, go):
    go("hall", "look", "band=go")
    with pytest.raises(ConnectionError), unit():
        go("cancel_band")
        raise ConnectionError
    assert open_steps(case) == ["cancel_band", "undo"]
    go("cancel_band", "cancel_hall")
    assert undone(case) == ["cancel_band", "cancel_hall"]


def test_the_end_of_the_case_ends_the_undoing(case, go):
    go("hall", "look", "band=go")
    withdraw_case(case.pk)
    assert open_steps(case) == []
    assert (visits(case, "undo"), visits(case, "cancel_band")) == (["CANCELED"], ["CANCELED"])


def test_what_cannot_be_undone_is_named(simple_package):
    nodes = simple_package["workflow"]["nodes"]
    first = len(nodes)
    nodes += [
        undoes("big", "look"),
        undoes("nowhere", "look"),
        {**undoes("check", "look"), "key": "one"},
        {**undoes("check", "look"), "key": "two"},
        {**UNDO, "steps": ["approve"], "next": "refused"},
        task("look", "over"),
        {"key": "over", "type": "end"},
    ]
    at = "workflow.nodes[{}].{}".format
    assert {
        (at(first, "on"), "nothing_done"),
        (at(first + 1, "on"), "unknown_step"),
        (at(first + 2, "on"), "doubled"),
        (at(first + 3, "on"), "doubled"),
        (at(first + 4, "steps[0]"), "not_undone"),
    } <= found(simple_package)
