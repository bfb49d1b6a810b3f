"""The first of several ways goes on."""

import threading

import pytest
from django.db import connection

from tests.workflows.steps import let_pass, open_steps, parallel, pause, task, visits
from workflows.models import WorkItem
from workflows.refusals import AlreadyDecided

pytestmark = pytest.mark.django_db

RACE = (
    parallel("ask", "fire", "reminder"),
    task("fire", "race"),
    pause("reminder", "hurry"),
    task("hurry", "race"),
    {"key": "race", "type": "first_wins", "next": "last"},
    task("last", "done"),
)


def test_the_first_that_arrives_goes_on_and_the_others_are_cancelled(running, decide, clerk):
    case = running(*RACE)
    decide(case, "fire", clerk, "done")
    assert open_steps(case) == ["last"]
    assert visits(case, "reminder") == ["CANCELED"]


def test_who_is_further_on_another_way_is_cancelled_too(running, decide, clerk):
    case = running(*RACE)
    assert let_pass(case, "reminder")
    assert open_steps(case) == ["fire", "hurry"]
    decide(case, "hurry", clerk, "done")
    assert open_steps(case) == ["last"]
    assert visits(case, "fire") == ["CANCELED"]


def test_a_late_event_of_a_way_that_lost_does_nothing(running, decide, clerk):
    case = running(*RACE)
    decide(case, "fire", clerk, "done")
    assert not let_pass(case, "reminder")
    assert open_steps(case) == ["last"]


def test_a_late_decision_on_a_way_that_lost_is_refused(running, decide, clerk, open_work):
    case = running(*RACE)
    assert let_pass(case, "reminder")
    lost = open_work(case, "fire")
    decide(case, "hurry", clerk, "done")
    with pytest.raises(AlreadyDecided), lost.activation() as activation:
        activation.decide(clerk, "done")
    assert open_steps(case) == ["last"]


def test_a_way_that_arrives_at_once_wins_over_what_began_beside_it(running):
    case = running(
        parallel("ask", "fire", "race"),
        task("fire", "race"),
        {"key": "race", "type": "first_wins", "next": "last"},
        task("last", "done"),
    )
    assert open_steps(case) == ["last"]
    assert visits(case, "fire") == ["CANCELED"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_arrive_in_the_same_moment_one_wins(running, clerk):
    case = running(
        parallel("ask", "one", "two"),
        task("one", "race"),
        task("two", "race"),
        {"key": "race", "type": "first_wins", "next": "last"},
        task("last", "done"),
    )
    refused = []

    def do(item):
        try:
            with item.activation() as activation:
                activation.decide(clerk, "done")
        except AlreadyDecided as error:
            refused.append(error)
        finally:
            connection.close()

    items = WorkItem.objects.filter(process=case, node_key__in=("one", "two"))
    threads = [threading.Thread(target=do, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert visits(case, "last") == ["NEW"]
