"""A signal reaches every case of the department that waits for it, once each."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.workflows.steps import open_steps, task, visits
from workflows.ending import withdraw_case
from workflows.models import Awaited, Case, WorkItem
from workflows.nodes.signal_catch import SignalCatchStep
from workflows.signals import spread

pytestmark = pytest.mark.django_db
WAITING = {"key": "budget", "type": "signal_catch", "signal": "budget_is_open", "next": "pay"}


@pytest.fixture
def waiting(running) -> Case:
    return running(WAITING, task("pay", "done"))


def throw(case: Case, signal: str = "budget_is_open", **more):
    return spread(signal, department_id=more.pop("department_id", case.department_id), at=now(), **more)


def test_the_case_goes_on_when_the_signal_is_thrown(waiting):
    assert open_steps(waiting) == ["budget"]
    assert throw(waiting).reached == 1
    assert open_steps(waiting) == ["pay"]
    assert not Awaited.objects.exists()


def test_every_waiting_case_hears_it(waiting, begin):
    others = [begin(waiting.version) for _ in range(3)]
    assert throw(waiting).reached == 4
    assert [open_steps(case) for case in (waiting, *others)] == [["pay"]] * 4


def test_another_signal_is_not_heard(waiting):
    assert throw(waiting, "budget_is_closed").reached == 0
    assert open_steps(waiting) == ["budget"]


def test_another_department_is_not_heard(waiting, registry):
    assert throw(waiting, department_id=registry.pk).reached == 0
    assert open_steps(waiting) == ["budget"]


def test_a_signal_that_is_delivered_twice_is_heard_once(waiting):
    at = now()
    for _ in range(2):
        spread("budget_is_open", department_id=waiting.department_id, at=at)
    assert visits(waiting, "pay") == ["NEW"]


def test_who_begins_to_wait_after_the_signal_does_not_hear_it(waiting):
    early = now() - timedelta(seconds=5)
    assert spread("budget_is_open", department_id=waiting.department_id, at=early).reached == 0


def test_a_case_that_ends_waits_no_more(waiting):
    withdraw_case(waiting.pk)
    assert not Awaited.objects.exists()
    assert throw(waiting).reached == 0
    assert visits(waiting, "budget") == ["CANCELED"]


def test_a_crash_in_the_middle_changes_nothing_and_the_next_delivery_goes_through(waiting, monkeypatch):
    come = SignalCatchStep.came

    def crash(self, host, said):
        come(self, host, said)
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(SignalCatchStep, "came", crash)
        heard = throw(waiting)
    assert (heard.reached, heard.failed) == (0, 1)
    assert open_steps(waiting) == ["budget"]
    assert throw(waiting).reached == 1
    assert visits(waiting, "pay") == ["NEW"]


def test_one_case_that_cannot_go_on_keeps_the_signal_from_nobody(waiting, begin):
    other = begin(waiting.version)
    WorkItem.objects.filter(process=waiting, node_key="budget").update(status="ERROR", finished=None)
    Awaited.objects.filter(case=waiting).update(node_key="gone")
    heard = throw(waiting)
    assert (heard.reached, heard.failed) == (1, 1)
    assert open_steps(other) == ["pay"]


def test_the_waiting_of_many_cases_is_found_without_asking_each(waiting, begin, django_assert_num_queries):
    for _ in range(5):
        begin(waiting.version)
    with django_assert_num_queries(2):
        assert spread("another", department_id=waiting.department_id, at=now()).reached == 0
