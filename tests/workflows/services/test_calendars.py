"""Changing the calendar of a department."""

import json
from typing import Any

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.calendars import calendar
from engine.departments.models import Department, User
from engine.messages.delivery import deliver_all
from engine.messages.models import OutboxMessage
from workflows.clock import forget_calendars
from workflows.models import CalendarChange, Case, ClockEntry, Deadline, WorkItem
from workflows.services.calendars import (
    CalendarMoved,
    Reach,
    change_calendar,
    check_calendar,
    reach_of_change,
    revision_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
MONDAYS = {"0": [["08:00", "16:00"]]}  # whatever day a test runs on, all is due later by it


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Calendars of another test's departments are forgotten."""
    forget_calendars()


@pytest.fixture
def settings_of() -> Any:
    """The calendar of a department as settings, with changes."""

    def read(department: Department, **changes: Any) -> dict[str, Any]:
        columns = ("time_zone", "week", "holiday_country", "own_days")
        return {**{column: getattr(department, column) for column in columns}, **changes}

    return read


def test_everything_open_is_worked_out_by_the_new_calendar(
    licence_case: Case, licensing: Department, administrator: User, settings_of: Any
) -> None:
    check = WorkItem.objects.get(process=licence_case, node_key="check")
    before = (licence_case.due_at, check.due_at, Deadline.objects.get(case=licence_case).due_at)
    change = change_calendar(
        department=licensing, settings=settings_of(licensing, week=MONDAYS), by=administrator
    )
    assert change is not None
    deliver_all()
    change.refresh_from_db()
    assert (change.cases, change.moved, change.finished_at, change.round) == (1, 1, None, 2)
    licensing.refresh_from_db()
    licence_case.refresh_from_db()
    check.refresh_from_db()
    working = calendar(licensing)
    package = licence_case.flow_class
    assert licence_case.due_at == working.add(licence_case.submitted_at, package.decide_within)
    after = (licence_case.due_at, check.due_at, Deadline.objects.get(case=licence_case).due_at)
    assert all(new > old for old, new in zip(before, after, strict=True))
    lines = ClockEntry.objects.filter(case=licence_case, verb="recalculated")
    assert {line.calendar for line in lines} == {change.mark}
    assert lines.count() == 3
    OutboxMessage.objects.filter(topic="calendar").update(due_at=now())
    deliver_all()
    change.refresh_from_db()
    assert change.finished_at is not None
    assert ClockEntry.objects.filter(case=licence_case, verb="recalculated").count() == 3


def test_the_change_is_recorded_with_what_was_and_what_is(
    licence_case: Case, licensing: Department, administrator: User, settings_of: Any
) -> None:
    change_calendar(department=licensing, settings=settings_of(licensing, week=MONDAYS), by=administrator)
    entry = AuditEntry.objects.get(verb="calendar.changed")
    details = json.loads(entry.details)
    assert (entry.actor, entry.department_id) == (administrator, licensing.pk)
    assert list(details["before"]) == list(details["after"]) == ["week"]
    assert "4" in details["before"]["week"]
    assert details["after"]["week"] == MONDAYS


def test_how_much_is_worked_out_again_is_known_before(
    licence_case: Case, extract_case: Case, licensing: Department, administrator: User
) -> None:
    assert reach_of_change(licensing, by=administrator) == Reach(1, 1, 1)


def test_a_calendar_that_stays_as_it_was_is_no_change(
    licensing: Department, administrator: User, settings_of: Any
) -> None:
    assert change_calendar(department=licensing, settings=settings_of(licensing), by=administrator) is None
    assert not CalendarChange.objects.exists()
    assert not AuditEntry.objects.filter(verb="calendar.changed").exists()


def test_who_read_an_older_calendar_changes_nothing(
    licensing: Department, administrator: User, settings_of: Any
) -> None:
    seen = revision_of(licensing)
    first = settings_of(licensing, week=MONDAYS)
    change_calendar(department=licensing, settings=first, by=administrator, seen=seen)
    with pytest.raises(CalendarMoved):
        second = settings_of(licensing, time_zone="UTC")
        change_calendar(department=licensing, settings=second, by=administrator, seen=seen)
    licensing.refresh_from_db()
    assert licensing.time_zone == "Europe/Lisbon"


def test_what_is_wrong_is_said_by_column(licensing: Department, settings_of: Any) -> None:
    wrong = settings_of(licensing, time_zone="Mars/Base", week={}, own_days=[{"day": "soon"}])
    assert set(check_calendar(licensing, wrong)) == {"time_zone", "week", "own_days"}
    licensing.refresh_from_db()
    assert check_calendar(licensing, settings_of(licensing, week=MONDAYS)) == {}


@pytest.mark.parametrize("person_named", ["foreign_clerk", "clerk", "supervisor", "auditor"])
def test_who_does_not_administer_the_department_is_refused(
    person_named: str, licensing: Department, settings_of: Any, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(person_named)
    with pytest.raises(AccessRefused):
        change_calendar(department=licensing, settings=settings_of(licensing, week=MONDAYS), by=user)
    with pytest.raises(AccessRefused):
        reach_of_change(licensing, by=user)
    assert not CalendarChange.objects.exists()
