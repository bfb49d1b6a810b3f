"""What happens first decides."""

import pytest

from tests.workflows.conftest import with_nodes
from tests.workflows.steps import join, let_pass, open_steps, parallel, pause, task, visits
from workflows.ending import withdraw_case
from workflows.models import Deadline, WorkItem
from workflows.validator import check_package

pytestmark = pytest.mark.django_db

FIRST = (
    {"key": "first", "type": "event_based", "events": [{"to": "soon"}, {"to": "later", "label": "Later"}]},
    pause("soon", "quick", 1),
    pause("later", "slow", 2),
    task("quick", again="first", ok="done"),
    task("slow", "done"),
)


def test_the_first_event_goes_on_and_the_other_is_cancelled(running):
    case = running(*FIRST)
    assert open_steps(case) == ["later", "soon"]
    assert let_pass(case, "later")
    assert open_steps(case) == ["slow"]
    assert visits(case, "soon") == ["CANCELED"]
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()


def test_an_event_that_comes_too_late_or_twice_does_nothing(running):
    case = running(*FIRST)
    assert let_pass(case, "soon")
    assert not let_pass(case, "soon")
    assert not let_pass(case, "later")
    assert open_steps(case) == ["quick"]


def test_the_choice_can_be_made_again(running, decide, clerk):
    case = running(*FIRST)
    assert let_pass(case, "soon")
    decide(case, "quick", clerk, "again")
    assert open_steps(case) == ["later", "soon"]
    assert let_pass(case, "later")
    assert open_steps(case) == ["slow"]


def test_events_of_two_ways_do_not_cancel_each_other(running):
    case = running(
        parallel("both", "one", "two"),
        {"key": "one", "type": "event_based", "events": [{"to": "a"}, {"to": "b"}]},
        {"key": "two", "type": "event_based", "events": [{"to": "a"}, {"to": "b"}]},
        pause("a", "together", 1),
        pause("b", "together", 2),
        join("together", "last"),
        task("last", "done"),
    )
    assert open_steps(case) == ["a", "a", "b", "b"]
    assert let_pass(case, "a")
    assert open_steps(case) == ["a", "b"]
    assert let_pass(case, "b")
    assert open_steps(case) == ["last"]


def test_withdrawing_cancels_all_events(running):
    case = running(*FIRST)
    assert withdraw_case(case.pk) is not None
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()


def test_a_step_that_waits_for_no_event_is_refused(simple_package):
    nodes = [{**FIRST[0], "events": [{"to": "soon"}, {"to": "quick"}]}, *FIRST[1:2], FIRST[3]]
    found = check_package(with_nodes(simple_package, *nodes)).must_mend
    assert [(problem.where, problem.code) for problem in found] == [
        ("workflow.nodes[1].events[1].to", "no_event")
    ]
