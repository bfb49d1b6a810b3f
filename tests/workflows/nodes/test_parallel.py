"""Several things at the same time, brought together again."""

import threading

import pytest
from django.db import connection
from viewflow.workflow.token import Token

from tests.workflows.steps import join, let_pass, open_steps, parallel, pause, task, visits
from workflows.ending import withdraw_case
from workflows.join_step import blocks_of
from workflows.models import Case, CaseState, Deadline, WorkItem

pytestmark = pytest.mark.django_db

BOTH = (
    parallel("both", "fire", "health"),
    task("fire", "together"),
    task("health", "together"),
    join("together", "decide"),
    task("decide", approve="done", refuse="refused"),
)


def test_the_case_goes_on_when_all_are_done(running, decide, clerk):
    case = running(*BOTH)
    assert open_steps(case) == ["fire", "health"]
    decide(case, "health", clerk, "done")
    assert open_steps(case) == ["fire"]
    decide(case, "fire", clerk, "done")
    assert open_steps(case) == ["decide"]
    assert visits(case, "together") == ["DONE"]
    decide(case, "decide", clerk, "approve")
    assert Case.objects.get(pk=case.pk).state == CaseState.APPROVED


def test_the_next_step_carries_the_token_of_before(running, decide, clerk, open_work):
    case = running(*BOTH)
    assert len(blocks_of(open_work(case, "fire").token)) == 1
    decide(case, "fire", clerk, "done")
    decide(case, "health", clerk, "done")
    assert str(open_work(case, "decide").token) == "start"
    came_from = WorkItem.objects.get(process=case, node_key="together").previous
    assert set(came_from.values_list("node_key", flat=True)) == {"fire", "health"}


def test_splits_can_stand_inside_each_other(running, decide, clerk):
    case = running(
        parallel("outer", "inner", "alone"),
        parallel("inner", "one", "two"),
        task("one", "inner_join"),
        task("two", "inner_join"),
        join("inner_join", "after"),
        task("after", "outer_join"),
        task("alone", "outer_join"),
        join("outer_join", "last"),
        task("last", "done"),
    )
    for step in ("one", "alone"):
        decide(case, step, clerk, "done")
    assert open_steps(case) == ["two"]
    decide(case, "two", clerk, "done")
    assert open_steps(case) == ["after"]
    decide(case, "after", clerk, "done")
    assert open_steps(case) == ["last"]


def test_ways_without_a_step_arrive_at_once(running, clerk, decide):
    case = running(
        parallel("both", "together", "check"),
        task("check", "together"),
        join("together", "last"),
        task("last", "done"),
    )
    decide(case, "check", clerk, "done")
    assert open_steps(case) == ["last"]


def test_a_way_that_ends_alone_is_not_waited_for(running, decide, clerk):
    case = running(
        parallel("both", "fire", "tell"),
        task("fire", "together"),
        task("tell", more="together", enough="over"),
        join("together", "last"),
        task("last", "done"),
    )
    decide(case, "fire", clerk, "done")
    decide(case, "tell", clerk, "enough")  # the join waited for this path alone
    assert open_steps(case) == ["last"]


def test_an_end_of_the_case_on_one_way_cancels_the_others(running, decide, clerk, open_work):
    case = running(
        parallel("both", "fire", "health"),
        task("fire", ok="together", bad="refused"),
        task("health", "together"),
        join("together", "done"),
    )
    other = open_work(case, "health").pk
    decide(case, "fire", clerk, "bad")
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, WorkItem.objects.get(pk=other).status) == (CaseState.REFUSED, "CANCELED")
    assert open_steps(case) == []


def test_what_begins_in_the_same_moment_as_the_end_does_not_go_on(running):
    case = running(
        parallel("both", "refused", "first"),
        {
            "key": "first",
            "type": "decision",
            "branches": [{"when": "true", "to": "work"}],
            "otherwise": "over",
        },
        task("work", "over"),
    )
    assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED
    assert visits(case, "work") == []
    assert set(visits(case, "first")) <= {"CANCELED", "DONE"}


def test_a_round_inside_one_way_is_waited_for(running, decide, clerk):
    case = running(
        parallel("both", "fire", "health"),
        task("fire", again="fire", ok="together"),
        task("health", "together"),
        join("together", "last"),
        task("last", "done"),
    )
    decide(case, "health", clerk, "done")
    decide(case, "fire", clerk, "again")
    decide(case, "fire", clerk, "again")
    assert open_steps(case) == ["fire"]
    decide(case, "fire", clerk, "ok")
    assert open_steps(case) == ["last"]


def test_the_whole_block_can_be_gone_again(running, decide, clerk):
    case = running(*BOTH[:4], task("decide", once_more="both", approve="done"))
    for _ in range(2):
        decide(case, "fire", clerk, "done")
        decide(case, "health", clerk, "done")
        decide(case, "decide", clerk, "once_more")
    assert open_steps(case) == ["fire", "health"]
    assert visits(case, "together") == ["DONE", "DONE"]


def test_a_deadline_beside_one_way_is_not_waited_for(running, decide, clerk):
    late = {"key": "late", "type": "deadline", "on": "fire", "after": {"days": 1}, "next": "look"}
    case = running(*BOTH, late, task("look", "over"))
    assert let_pass(case, "late")
    assert open_steps(case) == ["fire", "health", "look"]
    decide(case, "fire", clerk, "done")
    decide(case, "health", clerk, "done")
    assert open_steps(case) == ["decide", "look"]


def test_a_deadline_that_leaves_one_way_stays_in_the_block(running, decide, clerk):
    over = {"key": "late", "type": "deadline", "on": "fire", "after": {"days": 1}, "next": "hurry"}
    case = running(*BOTH, {**over, "interrupting": True}, task("hurry", "together"))
    decide(case, "health", clerk, "done")
    assert let_pass(case, "late")
    assert open_steps(case) == ["hurry"]
    decide(case, "hurry", clerk, "done")
    assert open_steps(case) == ["decide"]


def test_withdrawing_cancels_all_ways_and_the_join(running, decide, clerk):
    case = running(*BOTH)
    decide(case, "fire", clerk, "done")
    assert withdraw_case(case.pk) is not None
    assert visits(case, "together") == ["CANCELED"]
    assert not WorkItem.objects.filter(process=case, finished=None).exists()


def test_waits_run_side_by_side(running):
    case = running(
        parallel("both", "short", "long"),
        pause("short", "together", 1),
        pause("long", "together", 2),
        join("together", "done"),
    )
    assert let_pass(case, "long")
    assert not let_pass(case, "long")  # a second firing of the same deadline
    assert Case.objects.get(pk=case.pk).finished is None
    assert let_pass(case, "short")
    assert Case.objects.get(pk=case.pk).state == CaseState.APPROVED
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()


def test_an_error_on_the_way_on_leaves_everything_as_it_was(running, open_work, clerk, monkeypatch):
    case = running(*BOTH)
    last = case.flow_class.step("together")
    monkeypatch.setattr(last, "routes", {})  # what follows cannot be found
    with open_work(case, "fire").activation() as activation:
        activation.decide(clerk, "done")
    with pytest.raises(KeyError), open_work(case, "health").activation() as activation:
        activation.decide(clerk, "done")
    assert open_steps(case) == ["health"]
    assert visits(case, "together") == ["STARTED"]


@pytest.mark.django_db(transaction=True)
def test_ways_that_end_in_the_same_moment_go_on_once(running, clerk):
    ways = [f"way_{number}" for number in range(4)]
    case = running(
        parallel("all", *ways),
        *(task(way, "together") for way in ways),
        join("together", "last"),
        task("last", "done"),
    )
    items = list(WorkItem.objects.filter(process=case, node_key__in=ways))
    errors = []

    def do(item):
        try:
            with item.activation() as activation:
                activation.decide(clerk, "done")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert open_steps(case) == ["last"]
    assert visits(case, "last") == ["NEW"]


def test_a_token_says_in_which_blocks_it_is():
    assert blocks_of(Token("start")) == []
    assert blocks_of(Token("beside_4")) == []
    assert blocks_of(Token("start/12_2")) == ["start/12_"]
    assert blocks_of(Token("start/12_2/40_11")) == ["start/12_2/40_", "start/12_"]
