"""Functions over days, and what is the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.comparing import identical
from engine.core.feel.scope import Run
from engine.core.feel.signatures import builtin
from engine.core.feel.times import Moment
from engine.core.feel.values import kind_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@builtin("is", "value1: any, value2: any")
def same(one: Any, other: Any) -> bool:
    """Whether two values are the same also in how they are written."""
    return kind_of(one) == kind_of(other) and identical(one, other)


@builtin("day of year", "date: date")
@builtin("day of year", "date: date and time")
def day_of_year(value: Day | Moment) -> Decimal:
    """1 is the first of January."""
    day = _day(value)
    return Decimal(day.number - Day(day.year, 1, 1).number + 1)


@builtin("day of week", "date: date")
@builtin("day of week", "date: date and time")
def day_of_week(value: Day | Moment) -> str:
    """The English name of its weekday."""
    return DAYS[_day(value).weekday - 1]


@builtin("month of year", "date: date")
@builtin("month of year", "date: date and time")
def month_of_year(value: Day | Moment) -> str:
    """The English name of its month."""
    return MONTHS[_day(value).month - 1]


@builtin("week of year", "date: date")
@builtin("week of year", "date: date and time")
def week_of_year(value: Day | Moment) -> Decimal:
    """The number of its week, as ISO 8601 counts."""
    day = _day(value)
    return Decimal(date(day.year, day.month, day.day).isocalendar().week)


def _day(value: Day | Moment) -> Day:
    return value.day if isinstance(value, Moment) else value


@builtin("now", with_run=True)
def now(run: Run) -> Moment:
    """The moment of this evaluation."""
    return run.now


@builtin("today", with_run=True)
def today(run: Run) -> Day:
    """The day of this evaluation."""
    return run.now.day
