"""The working calendars of departments, kept for a minute in each process."""

from __future__ import annotations

from time import monotonic

from engine.core.worktime import WorkingCalendar
from engine.departments.calendars import calendar
from engine.departments.models import Department

KEEP_S = 60.0  # a changed calendar counts after this time at the latest
_kept: dict[int, tuple[float, WorkingCalendar]] = {}


def calendar_of(department_id: int) -> WorkingCalendar:
    """The working calendar of a department; kept for a minute, because every decision needs it."""
    kept = _kept.get(department_id)
    if kept is None or kept[0] < monotonic():
        department = Department.objects.get(pk=department_id)
        kept = _kept[department_id] = (monotonic() + KEEP_S, calendar(department))
    return kept[1]


def forget_calendars() -> None:
    """Read calendars anew."""
    _kept.clear()


def forget_calendar(department_id: int) -> None:
    """Read the calendar of one department anew."""
    _kept.pop(department_id, None)
