"""Somebody above is told of a step, or takes it over."""

import pytest

from tests.workflows.steps import let_pass, open_steps, task, visits
from tests.workflows.validator.test_package import found
from workflows.deadlines import fire_deadline
from workflows.ending import withdraw_case
from workflows.escalating import raise_at
from workflows.models import Case, Deadline, WorkItem
from workflows.unit import unit

pytestmark = pytest.mark.django_db
TIME = {"working_days": 3}


def escalation(key: str, next_: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": "escalation", "on": "check", "next": next_, **more}


@pytest.fixture
def told(running) -> Case:
    """The head looks beside the clerk."""
    return running(task("check", "done"), escalation("urgent", "head", after=TIME), task("head", "over"))


@pytest.fixture
def taken(running) -> Case:
    """The head takes over."""
    return running(
        task("check", "done"),
        escalation("urgent", "head", after=TIME, interrupting=True, code="late"),
        escalation("hard", "expert", code="hard"),
        task("head", "done"),
        task("expert", "over"),
    )


def raise_(case: Case, code: str = "", source: str = "person:1") -> bool:
    with WorkItem.objects.get(process=case, node_key="check").activation() as host:
        return raise_at(host, code, source)


def test_a_path_beside_begins_after_the_time(told):
    assert let_pass(told, "urgent")
    assert open_steps(told) == ["check", "head"]


def test_the_time_is_over_once(told):
    assert let_pass(told, "urgent")
    assert not fire_deadline(Deadline.objects.get(case=told).pk)
    assert visits(told, "head") == ["NEW"]


def test_an_interrupting_one_leaves_the_step(taken):
    assert let_pass(taken, "urgent")
    assert open_steps(taken) == ["head"]
    assert visits(taken, "check") == ["CANCELED"]


def test_the_step_that_is_done_in_time_is_not_escalated(told, decide, clerk):
    decide(told, "check", clerk, "done")
    assert not let_pass(told, "urgent")
    assert visits(told, "head") == []


def test_the_code_decides_who_catches_it(taken):
    assert raise_(taken, "hard")
    assert open_steps(taken) == ["check", "expert"]


def test_a_code_that_nobody_catches_changes_nothing(taken):
    assert not raise_(taken, "boring")
    assert open_steps(taken) == ["check"]


def test_a_source_that_is_delivered_twice_is_heard_once(told):
    assert raise_(told, "x", "case:7") and raise_(told, "x", "case:7")
    assert visits(told, "head") == ["NEW"]
    assert raise_(told, "x", "case:8")
    assert visits(told, "head") == ["NEW", "NEW"]


def test_a_crash_in_the_middle_changes_nothing(told):
    with pytest.raises(ConnectionError), unit():
        raise_(told)
        raise ConnectionError
    assert open_steps(told) == ["check"]
    assert raise_(told)
    assert open_steps(told) == ["check", "head"]


def test_the_end_of_the_case_drops_its_time(told):
    withdraw_case(told.pk)
    assert not Deadline.objects.filter(case=told, cancelled_at=None).exists()


def test_without_a_time_nothing_is_watched(running):
    case = running(task("check", "done"), escalation("urgent", "head"), task("head", "over"))
    assert not Deadline.objects.filter(case=case).exists()


def test_a_step_at_which_nobody_waits_is_refused(package):
    package["workflow"]["nodes"] += [
        {"key": "urgent", "type": "escalation", "on": "tell", "next": "remind"},
        {"key": "lost", "type": "escalation", "on": "nowhere", "next": "remind"},
    ]
    last = len(package["workflow"]["nodes"]) - 1
    at = "workflow.nodes[{}].on".format
    wrong = {(at(last - 1), "no_waiting"), (at(last), "unknown_step")}
    assert wrong <= found(package)
