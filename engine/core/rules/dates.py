"""Dates in rules: whole days, kept as the moment of UTC midnight."""

import calendar
import re
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

from google.protobuf import timestamp_pb2

from engine.core.worktime import WorkingCalendar

# the calendar of the facts that a rule is being run on; rules are shared, calendars are not
current_calendar: ContextVar[WorkingCalendar | None] = ContextVar("current_calendar", default=None)

# a year has four digits that mean something: CEL takes the first day of year 1 for "always"
WRITTEN = re.compile(r"[1-9]\d{3}-\d\d-\d\d", re.ASCII)
EPOCH = date(1970, 1, 1).toordinal()
FARTHEST = 200 * 366


def parse(text: str) -> date:
    """A day written as 2026-03-01."""
    if not WRITTEN.fullmatch(text):
        raise ValueError("a date is written as 2026-03-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day") from None


def as_timestamp(day: date) -> timestamp_pb2.Timestamp:
    """The form in which a day enters a dict of facts: CEL refuses a datetime there."""
    return timestamp_pb2.Timestamp(seconds=(day.toordinal() - EPOCH) * 86_400)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _bounded(number: int) -> int:
    if abs(number) > FARTHEST:
        raise ValueError("a date is too far away")
    return number


def written(text: str) -> datetime:
    """date("2026-03-01")."""
    return _moment(parse(text))


def days_before(at: datetime, days: int) -> datetime:
    """The day so many days before; a negative number counts forward."""
    return at - timedelta(_bounded(days))


def months_before(at: datetime, months: int) -> datetime:
    """The same day so many months before; the last of the month where that day does not exist."""
    year, month = divmod(at.year * 12 + at.month - 1 - _bounded(months), 12)
    if not 1 <= year <= 9999:
        raise ValueError("a date is too far away")
    last = calendar.monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, last))


def years_before(at: datetime, years: int) -> datetime:
    """The same day so many years before; 29 February becomes 28 February."""
    return months_before(at, 12 * _bounded(years))


def working_days_before(at: datetime, days: int) -> datetime:
    """The working day so many working days before, by the calendar of the department."""
    working = current_calendar.get()
    if working is None:
        raise ValueError("no working calendar is given")
    if abs(days) > 3650:
        raise ValueError("a date is too far away")
    return _moment(working.shift_day(at.date(), -days))


def age(born: datetime, on: datetime) -> int:
    """Full years between two days."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
