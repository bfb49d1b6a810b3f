"""Firing all that is due: once, in order, by several at once, without waiting for anybody."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tests.workflows.conftest import with_nodes
from tests.workflows.steps import pause, start, task
from workflows import firing
from workflows.firing import SWEEPERS, fire_due, stuck_deadlines, sweeper
from workflows.models import Case, Deadline, WorkItem
from workflows.sweeps import check_cases, sweep_deadlines

STATEMENTS = 12  # of one deadline that ends a wait and begins the work of a person


@pytest.fixture
def rests(package, publish, begin) -> Callable[[int], list[Case]]:
    """Cases that rest and whose rest is over, each a minute later than the one before."""
    version = publish(with_nodes(package, start("rest"), pause("rest", "check"), task("check", "done")))

    def make(number: int) -> list[Case]:
        cases = [begin(version) for _ in range(number)]
        for place, case in enumerate(cases):
            at = now() - timedelta(hours=2) + timedelta(minutes=place)
            Deadline.objects.filter(case=case).update(due_at=at)
        return cases

    return make


@pytest.mark.django_db
def test_after_an_outage_all_fire_in_the_order_in_which_they_were_due(rests):
    cases = rests(4)
    Deadline.objects.filter(case=cases[3]).update(due_at=now() - timedelta(days=1))
    assert sweep_deadlines() == 4
    fired = Deadline.objects.order_by("fired_at").values_list("case_id", flat=True)
    assert list(fired) == [cases[3].pk, cases[0].pk, cases[1].pk, cases[2].pk]
    assert sweep_deadlines() == 0


@pytest.mark.django_db
def test_what_is_not_due_or_stands_still_does_not_fire(rests):
    later, still, _ = rests(3)
    Deadline.objects.filter(case=later).update(due_at=now() + timedelta(minutes=1))
    Deadline.objects.filter(case=still).update(paused_at=now())
    assert fire_due() == 1


@pytest.mark.django_db
def test_one_that_fails_keeps_nobody_waiting_and_is_tried_again_later(rests, monkeypatch):
    first, second = rests(2)
    poison = Deadline.objects.get(case=first)
    fire = firing.fire_deadline

    def fail(key: int) -> bool:
        if key == poison.pk:
            raise ValueError("a workflow of its own")
        return fire(key)

    monkeypatch.setattr(firing, "fire_deadline", fail)
    assert fire_due() == 1
    poison.refresh_from_db()
    assert (poison.attempts, poison.fired_at) == (1, None)
    assert poison.retry_at > now()
    assert fire_due() == 0
    assert Deadline.objects.get(case=second).fired_at is not None
    for _ in range(2):
        Deadline.objects.update(retry_at=None)
        fire_due()
    assert stuck_deadlines(10) == [f"deadline failed: {first.reference} at rest"]
    assert stuck_deadlines(10)[0] in check_cases()
    monkeypatch.undo()
    Deadline.objects.update(retry_at=None)
    assert fire_due() == 1


@pytest.mark.django_db
def test_a_deadline_whose_work_has_ended_is_dropped(rests):
    case = rests(1)[0]
    WorkItem.objects.filter(process=case, node_key="rest").update(status="CANCELED")
    assert fire_due() == 0
    assert Deadline.objects.get(case=case).cancelled_at is not None


@pytest.mark.django_db
def test_a_run_ends_when_its_time_is_over(rests):
    rests(2)
    assert fire_due(seconds=0) == 0


@pytest.mark.django_db(transaction=True)
def test_a_case_in_other_hands_is_passed_over_and_found_by_the_next_run(rests):
    held, other = rests(2)
    locked, done = threading.Event(), threading.Event()

    def clerk() -> None:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=held.pk)
            locked.set()
            done.wait(30)
        connection.close()

    hand = threading.Thread(target=clerk)
    hand.start()
    locked.wait(30)
    try:
        assert fire_due() == 1
        assert Deadline.objects.get(case=other).fired_at is not None
        assert Deadline.objects.get(case=held).fired_at is None
    finally:
        done.set()
        hand.join()
    assert fire_due() == 1


@pytest.mark.django_db(transaction=True)
def test_several_sweepers_at_once_fire_each_deadline_once(rests):
    cases = rests(24)
    fired: list[int] = []

    def sweep() -> None:
        fired.append(fire_due())
        connection.close()

    hands = [threading.Thread(target=sweep) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    fire_due()
    assert Deadline.objects.filter(fired_at=None).count() == 0
    visits = WorkItem.objects.filter(process__in=cases, node_key="check")
    assert visits.count() == len(cases)
    assert sum(fired) <= len(cases)


@pytest.mark.django_db
def test_firing_one_takes_as_many_statements_however_many_are_due(rests):
    counted = []
    for number in (2, 12):
        rests(number)
        with CaptureQueriesContext(connection) as queries:
            assert firing._fire_next(firing._BEGIN) is not None
        counted.append(len(queries))
    assert counted[0] == counted[1] <= STATEMENTS


@pytest.mark.django_db(transaction=True)
def test_a_sweeper_keeps_no_case_from_a_clerk_but_the_one_that_it_fires(rests, monkeypatch):
    cases, fire, free = rests(5), firing.fire_deadline, []

    def look(key: int) -> bool:
        found: set[int] = set()
        clerk = threading.Thread(target=lambda: found.update(free_cases()))
        clerk.start()
        clerk.join()
        case_id = Deadline.objects.get(pk=key).case_id
        free.append(found == {case.pk for case in cases} - {case_id})
        return fire(key)

    monkeypatch.setattr(firing, "fire_deadline", look)
    assert fire_due() == 5
    assert free == [True] * 5


def free_cases() -> list[int]:
    """What somebody else can lock without waiting."""
    with transaction.atomic():
        found = list(Case.objects.select_for_update(skip_locked=True).values_list("pk", flat=True))
    connection.close()
    return found


@pytest.mark.django_db
def test_only_a_few_sweepers_work_at_the_same_time():
    cache.clear()
    open_places: list[Any] = [sweeper() for _ in range(SWEEPERS)]
    assert [place.__enter__() for place in open_places] == [True] * SWEEPERS
    with sweeper() as free:
        assert not free
    open_places[0].__exit__(None, None, None)
    with sweeper() as free:
        assert free
    for place in open_places[1:]:
        place.__exit__(None, None, None)
