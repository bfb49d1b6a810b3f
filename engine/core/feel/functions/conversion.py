"""One kind of value out of another."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.reading_times import read_date, read_duration, read_moment, read_time
from engine.core.feel.signatures import builtin
from engine.core.feel.times import MIDNIGHT, Clock, Moment, Months, Seconds, Zone
from engine.core.feel.values import number
from engine.core.feel.writing import write

A_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)


@builtin("string", "from: any")
def string_of(value: Any) -> str | None:
    """A value as text; nothing stays nothing."""
    return None if value is None else write(value)


@builtin("number", "from: string, grouping separator: string?, decimal separator: string?")
def number_of(text: str, grouping: str | None = None, decimal: str | None = None) -> Decimal | None:
    """A text as a number."""
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", "."):
        return None
    if grouping is not None and grouping == decimal:
        return None
    text = text.replace(grouping, "") if grouping else text
    text = text.replace(decimal, ".") if decimal else text
    return number(text) if A_NUMBER.fullmatch(text) else None


@builtin("number", "from: number")
def number_itself(value: Decimal) -> Decimal:
    """A number is one already."""
    return value


@builtin("date", "from: string")
def date_of_text(text: str) -> Day | None:
    """A text as a date."""
    return read_date(text)


@builtin("date", "from: date")
def date_itself(day: Day) -> Day:
    """A date is one already."""
    return day


@builtin("date", "from: date and time")
def date_of_moment(moment: Moment) -> Day:
    """The day of a moment."""
    return moment.day


@builtin("date", "year: number, month: number, day: number")
def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Day:
    """A date out of its parts."""
    return Day(_whole(year), _whole(month), _whole(day))


@builtin("time", "from: string")
def time_of_text(text: str) -> Clock | None:
    """A text as a time of day."""
    return read_time(text)


@builtin("time", "from: time")
def time_itself(clock: Clock) -> Clock:
    """A time is one already."""
    return clock


@builtin("time", "from: date and time")
def time_of_moment(moment: Moment) -> Clock:
    """The time of day of a moment; of a date its midnight in UTC."""
    return moment.clock


@builtin("time", "hour: number, minute: number, second: number, offset: days and time duration?")
def time_of_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: Seconds | None = None) -> Clock:
    """A time of day out of its parts."""
    zone = Zone(_whole(offset.total)) if offset else None
    whole = int(second)
    return Clock(_whole(hour), _whole(minute), whole, second - whole, zone)


@builtin("date and time", "from: string")
def moment_of_text(text: str) -> Moment | None:
    """A text as a moment."""
    return read_moment(text)


@builtin("date and time", "date: date, time: time")
def moment_of_day(day: Day, clock: Clock) -> Moment:
    """A day and a time of day."""
    return Moment(day, clock)


@builtin("date and time", "date: date and time, time: time")
def moment_of_moment(moment: Moment, clock: Clock) -> Moment:
    """The day of a moment, and another time of day."""
    return Moment(moment.day, clock)


@builtin("date and time", "from: date and time")
def moment_itself(moment: Moment) -> Moment:
    """A moment is one already."""
    return moment


@builtin("duration", "from: string")
def duration_of(text: str) -> Seconds | Months | None:
    """A text as a duration."""
    return read_duration(text)


@builtin("duration", "from: duration")
def duration_itself(value: Seconds | Months) -> Seconds | Months:
    """A duration is one already."""
    return value


@builtin("years and months duration", "from: any, to: any")
def months_between(one: Any, other: Any) -> Months | None:
    """Whole months from one day or moment to another."""
    start, end = (Moment(each, MIDNIGHT) if isinstance(each, Day) else each for each in (one, other))
    return _months(start, end) if isinstance(start, Moment) and isinstance(end, Moment) else None


def _months(start: Moment, end: Moment) -> Months:
    months = (end.day.year - start.day.year) * 12 + end.day.month - start.day.month
    rest = (end.day.day, end.local % 86_400), (start.day.day, start.local % 86_400)
    if months > 0 and rest[0] < rest[1]:
        months -= 1
    elif months < 0 and rest[0] > rest[1]:
        months += 1
    return Months(months)


def _whole(value: Decimal) -> int:
    if value != int(value):
        raise ValueError("not a whole number")
    return int(value)
