"""Clocks that stand still for several reasons at once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.workflows.moments import set_clock
from workflows import clock
from workflows.models import Case, ClockEntry, Deadline, DeadlineKind, StopReason, WorkItem
from workflows.stopping import run, stop
from workflows.unit import lock_case, unit

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Europe/Lisbon"))
DAY = timedelta(days=1)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the engine."""
    return lambda moment: set_clock(monkeypatch, moment)


@pytest.fixture
def case(package, publish, begin, at):
    at(MONDAY)
    return begin(publish(package))


def hold(case: Case) -> None:
    """Every clock stops."""
    with unit():
        locked = lock_case(case.pk)
        locked.held_at = clock.now()
        locked.save(update_fields=["held_at"])
        stop(locked, StopReason.HOLD, clock.now())


def let_go(case: Case) -> None:
    """And runs on."""
    with unit():
        locked = lock_case(case.pk)
        locked.held_at = None
        locked.save(update_fields=["held_at"])
        run(locked, StopReason.HOLD, clock.now())


def answer(case: Case, citizen, open_work) -> None:
    with open_work(case, "correct").activation() as activation:
        activation.answer(citizen, activation.process.answers)


def test_on_hold_every_clock_stands_still_also_the_applicants(case, at, clerk, decide, open_work):
    decide(case, "check", clerk, "return")
    asked = open_work(case, "correct")
    at(MONDAY + DAY)
    hold(case)
    asked.refresh_from_db()
    assert asked.paused_at == MONDAY + DAY
    at(MONDAY + 3 * DAY)
    let_go(case)
    asked.refresh_from_db()
    assert (asked.paused_at, asked.due_at) == (
        None,
        MONDAY + 16 * DAY,
    )  # ten working days, and two that stood
    assert Deadline.objects.get(case=case, node_key="correct").due_at == asked.due_at
    assert Case.objects.get(pk=case.pk).paused_at == MONDAY  # the applicant is still asked


def test_a_hold_inside_a_correction_counts_once_for_the_case(case, at, clerk, citizen, decide, open_work):
    decide(case, "check", clerk, "return")
    at(MONDAY + DAY)
    hold(case)
    at(MONDAY + 2 * DAY)
    let_go(case)
    at(MONDAY + 3 * DAY)
    answer(case, citizen, open_work)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.paused_at, stored.due_at) == (None, MONDAY + 17 * DAY)  # three working days stood
    assert [line.verb for line in ClockEntry.objects.filter(case=case).exclude(reason="").order_by("id")] == [
        "stopped",
        "stopped",
        "running",
        "running",
    ]


def test_a_hold_that_outlasts_a_correction_keeps_the_clocks_standing(
    case, at, clerk, citizen, decide, open_work
):
    decide(case, "check", clerk, "return")
    at(MONDAY + DAY)
    hold(case)
    at(MONDAY + 2 * DAY)
    answer(case, citizen, open_work)
    check = open_work(case, "check")
    assert (check.paused_at, Case.objects.get(pk=case.pk).paused_at) == (MONDAY + 2 * DAY, MONDAY)
    at(MONDAY + 3 * DAY)
    let_go(case)
    check.refresh_from_db()
    assert (check.paused_at, check.due_at) == (None, MONDAY + 8 * DAY)  # three working days from Thursday
    assert Case.objects.get(pk=case.pk).due_at == MONDAY + 17 * DAY


def test_work_without_a_time_of_its_own_follows_the_case(package, publish, begin, at, open_work):
    check = next(node for node in package["workflow"]["nodes"] if node["key"] == "check")
    del check["due"]
    at(MONDAY)
    case = begin(publish(package))
    at(MONDAY + DAY)
    hold(case)
    at(MONDAY + 2 * DAY)
    let_go(case)
    stored = Case.objects.get(pk=case.pk)
    assert open_work(case, "check").due_at == stored.due_at == MONDAY + 15 * DAY


def test_a_moment_such_as_a_new_day_waits_and_does_not_move(case, at, open_work):
    item = open_work(case, "check")
    with unit():
        clock.arm_at(item, "looks", DeadlineKind.WAIT, MONDAY + 5 * DAY)
    hold(case)
    at(MONDAY + DAY)
    let_go(case)
    looked = Deadline.objects.get(case=case, node_key="looks")
    assert (looked.due_at, looked.paused_at) == (MONDAY + 5 * DAY, None)
    assert WorkItem.objects.get(pk=item.pk).due_at == MONDAY + 4 * DAY
