"""Working out open cases again after a change of calendar: in batches, after a crash, by one worker."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now

from engine.departments.models import Department
from workflows import calendar_changes
from workflows.calendar_changes import begin_change, go_on, lost_changes, notice_changes
from workflows.clock import calendar_of, forget_calendars
from workflows.models import CalendarChange, Case, ClockEntry
from workflows.sweeps import sweep_calendars

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(simple_package, publish, begin) -> list[Case]:
    """Some open cases."""
    version = publish(simple_package)
    return [begin(version) for _ in range(5)]


@pytest.fixture
def shorten(licensing: Department) -> Callable[[], CalendarChange]:
    """No work on Fridays any more."""

    def change() -> CalendarChange:
        licensing.week = {str(day): [["08:00", "16:00"]] for day in range(4)}
        licensing.save()
        found = begin_change(licensing, by_id=None)
        forget_calendars()
        return found

    return change


def test_the_cases_are_done_in_batches_and_in_two_rounds(cases, shorten, monkeypatch):
    monkeypatch.setattr(calendar_changes, "BATCH", 2)
    change = shorten()
    assert not go_on(change.pk)
    change.refresh_from_db()
    assert (change.cases, change.moved, change.round, change.reached) == (5, 5, 2, 0)
    assert go_on(change.pk)
    change.refresh_from_db()
    assert (change.cases, change.moved) == (5, 5)
    assert change.finished_at is not None
    assert not go_on(change.pk)


def test_a_worker_that_died_is_followed_by_another_that_begins_where_it_was(cases, shorten, monkeypatch):
    monkeypatch.setattr(calendar_changes, "BATCH", 2)
    change = shorten()
    recount, done = calendar_changes.recount, []

    def die(key: int) -> bool:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(key)
        return recount(key)

    monkeypatch.setattr(calendar_changes, "recount", die)
    with pytest.raises(KeyboardInterrupt):
        go_on(change.pk)
    monkeypatch.setattr(calendar_changes, "recount", recount)
    assert not go_on(change.pk)  # the dead worker's lease has not ended
    assert not lost_changes().exists()
    ago = now() - timedelta(hours=1)
    CalendarChange.objects.update(lease_until=ago, at=ago)
    assert sweep_calendars() == 0  # the first round is done
    change.refresh_from_db()
    assert (change.cases, change.round) == (5, 2)
    moved = ClockEntry.objects.filter(verb="recalculated", node_key="").values_list("case_id", flat=True)
    assert sorted(moved) == sorted(case.pk for case in cases)
    assert sweep_calendars() == 1


def test_a_slice_ends_and_asks_to_go_on(cases, shorten):
    change = shorten()
    assert not go_on(change.pk, seconds=0)
    change.refresh_from_db()
    assert (change.round, change.lease_until, change.finished_at) == (1, None, None)


def test_what_was_begun_by_the_old_calendar_meanwhile_is_done_in_the_second_round(
    cases, shorten, licensing, begin
):
    old = calendar_of(licensing.pk)
    change = shorten()
    assert not go_on(change.pk)
    calendars = calendar_changes.calendar_of.__globals__["_kept"]
    calendars[licensing.pk] = (float("inf"), old)  # another process that has not read the new one yet
    late = begin(cases[0].version)
    assert late.due_at == old.add(late.submitted_at, late.flow_class.decide_within)
    assert go_on(change.pk)
    late.refresh_from_db()
    assert late.due_at == calendar_of(licensing.pk).add(late.submitted_at, late.flow_class.decide_within)


def test_a_newer_change_takes_the_place_of_an_older_one(cases, shorten, licensing):
    first = shorten()
    licensing.time_zone = "UTC"
    licensing.save()
    second = begin_change(licensing, by_id=None)
    first.refresh_from_db()
    assert first.finished_at is not None
    assert not go_on(first.pk)
    assert not go_on(second.pk)
    second.refresh_from_db()
    assert second.cases == 5


def test_cases_of_other_departments_and_ended_cases_stay_as_they_are(
    cases, shorten, registry: Department, decide, clerk
):
    decide(cases[0], "check", clerk, "refuse", reason="No")
    before = Case.objects.get(pk=cases[0].pk).due_at
    change = shorten()
    go_on(change.pk)
    change.refresh_from_db()
    assert change.cases == 4
    assert Case.objects.get(pk=cases[0].pk).due_at == before


def test_a_calendar_that_changed_by_itself_is_noticed_once(cases, licensing, registry):
    assert notice_changes() == 2  # nothing is known of them yet
    assert notice_changes() == 0
    Department.objects.filter(pk=licensing.pk).update(holiday_country="PT")
    assert notice_changes() == 1
    assert CalendarChange.objects.filter(department=licensing).count() == 2
