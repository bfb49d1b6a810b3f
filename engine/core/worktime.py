"""Working calendars: add, subtract and measure working time; pause and resume a clock.

The convention, in one place:
- A working day is a day of the week with opening hours that is no holiday. Hours are local clock time.
- A moment outside the opening hours counts from the next opening (when subtracting: from the last closing).
- n working days later is the n-th working day after, at the same clock time: Thursday 15:00 plus four
  working days is Wednesday 15:00. Where it is closed then, its next open moment that day, or its closing.
- Working hours are elapsed hours while open. Time used up exactly at closing ends at closing, not next day.
- The moment of closing still belongs to the day. An interval that ends at 00:00 ends at midnight.
- Days, months and years keep the local clock time; hours and minutes are elapsed time.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

Interval = tuple[time, time]
Moments = tuple[datetime, datetime]
DAY = timedelta(days=1)
MIDNIGHT = time()
# a calendar without an open day in ten years is a mistake, not a long holiday
SEARCH_DAYS = 3660
NO_OPEN_DAY = "The calendar has no open day in ten years."


class CalendarRefused(ValueError):
    """The working hours cannot be used."""


class Span(BaseModel):
    """A length of time with one unit: {"working_days": 5}, {"months": 1}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    working_days: Annotated[int, Field(strict=True, gt=0, le=3650)] | None = None
    working_hours: Annotated[int, Field(strict=True, gt=0, le=20_000)] | None = None
    minutes: Annotated[int, Field(strict=True, gt=0, le=5_000_000)] | None = None
    hours: Annotated[int, Field(strict=True, gt=0, le=100_000)] | None = None
    days: Annotated[int, Field(strict=True, gt=0, le=36_500)] | None = None
    months: Annotated[int, Field(strict=True, gt=0, le=1200)] | None = None
    years: Annotated[int, Field(strict=True, gt=0, le=100)] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("A length of time has exactly one unit, such as working_days: 5.")
        return self

    @property
    def unit(self) -> str:
        """The unit that is given."""
        return next(iter(self.model_dump(exclude_none=True)))

    @property
    def amount(self) -> int:
        """How many of the unit."""
        return int(next(iter(self.model_dump(exclude_none=True).values())))

    @property
    def is_working(self) -> bool:
        """Whether the clock runs only while the department is open."""
        return self.unit.startswith("working_")


@dataclass(frozen=True)
class WorkingCalendar:
    """When a department works: `week` gives the opening intervals of each day (0 is Monday)."""

    time_zone: str
    week: Mapping[int, Sequence[Interval]]
    holidays: frozenset[date] = frozenset()
    zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.time_zone)
        except (LookupError, ValueError, OSError):
            raise CalendarRefused(f'There is no time zone "{self.time_zone}".') from None
        object.__setattr__(self, "zone", zone)
        object.__setattr__(self, "week", _checked_week(self.week))

    def is_working_day(self, day: date) -> bool:
        """Whether the department opens on this day."""
        return day.weekday() in self.week and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Whether the department is open at this moment."""
        moment = _utc(at)
        return any(opens <= moment < closes for opens, closes in self._hours(self._day(at)))

    def add(self, start: datetime, span: Span) -> datetime:
        """The moment that lies one span after the start."""
        return self._move(start, span, 1)

    def subtract(self, end: datetime, span: Span) -> datetime:
        """The moment that lies one span before the end."""
        return self._move(end, span, -1)

    def shift_day(self, day: date, working_days: int) -> date:
        """The day that lies so many working days later, or earlier for a negative number."""
        days = self._days(day, 1 if working_days > 0 else -1)
        left = abs(working_days)
        while left:
            day = next(days, day)
            left -= 1
        return day

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from start to end; negative when the end is earlier."""
        begin, finish = _utc(start), _utc(end)
        if finish < begin:
            return -self.between(end, start)
        total = timedelta()
        day, last = self._day(start), self._day(end)
        while day <= last:
            for opens, closes in self._hours(day):
                total += max(timedelta(), min(closes, finish) - max(opens, begin))
            day += DAY
        return total

    def working_days_between(self, start: datetime | date, end: datetime | date) -> int:
        """How many working days lie after the day of start, up to and with the day of end."""
        first, last = self._day(start), self._day(end)
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + DAY * n) for n in range(1, (last - first).days + 1))

    def remaining(self, at: datetime, due: datetime, *, working: bool = True) -> timedelta:
        """What is left of a clock when it is paused; negative when it is late already."""
        return self.between(at, due) if working else _utc(due) - _utc(at)

    def resume(self, at: datetime, left: timedelta, *, working: bool = True) -> datetime:
        """When a clock that had this much left is due, once it runs again."""
        return self.add_working_time(at, left) if working else self._local(_utc(at) + left)

    def add_working_time(self, start: datetime, length: timedelta) -> datetime:
        """The moment when so much working time has passed; a negative length goes back."""
        way = 1 if length >= timedelta() else -1
        left = abs(length)
        for opens, closes in self._open_hours(_utc(start), way):
            if closes - opens >= left:
                return self._local(opens + left if way > 0 else closes - left)
            left -= closes - opens
        raise CalendarRefused(NO_OPEN_DAY)

    def _move(self, at: datetime, span: Span, way: int) -> datetime:
        amount = span.amount * way
        match span.unit:
            case "working_days":
                return self._same_clock(at, amount)
            case "working_hours":
                return self.add_working_time(at, timedelta(hours=amount))
            case "hours" | "minutes":
                return self._local(_utc(at) + timedelta(**{span.unit: amount}))
        local = self._local(_utc(at))
        day = _days_on(local.date(), amount, span.unit)
        return self._local(_utc(datetime.combine(day, local.time(), self.zone)))

    def _same_clock(self, at: datetime, working_days: int) -> datetime:
        opens, closes = next(self._open_hours(_utc(at), 1 if working_days > 0 else -1))
        begin = self._local(opens if working_days > 0 else closes)
        day = self.shift_day(begin.date(), working_days)
        wanted = _utc(datetime.combine(day, begin.time(), self.zone))
        for opens, closes in self._hours(day):
            if wanted <= closes:
                return self._local(max(opens, wanted))
        return self._local(self._hours(day)[-1][1])

    def _hours(self, day: date) -> list[Moments]:
        """The opening hours of one day as moments; all arithmetic is done in UTC, so DST cannot bend it."""
        if day in self.holidays:
            return []
        return [
            (
                _utc(datetime.combine(day, opens, self.zone)),
                _utc(datetime.combine(day if closes != MIDNIGHT else day + DAY, closes, self.zone)),
            )
            for opens, closes in self.week.get(day.weekday(), ())
        ]

    def _open_hours(self, at: datetime, way: int) -> Iterator[Moments]:
        """The opening hours from a moment on, forward or back; the first one is cut at the moment."""
        day = self._day(at)
        today = self._hours(day)
        if way > 0:
            yield from ((max(opens, at), closes) for opens, closes in today if closes >= at)
        else:
            yield from ((opens, min(closes, at)) for opens, closes in reversed(today) if opens <= at)
        for later in self._days(day, way):
            yield from self._hours(later)[::way]

    def _days(self, day: date, way: int) -> Iterator[date]:
        """The working days after (or before) a day."""
        closed = 0
        while closed < SEARCH_DAYS:
            day += DAY * way
            if self.is_working_day(day):
                closed = 0
                yield day
            else:
                closed += 1
        raise CalendarRefused(NO_OPEN_DAY)

    def _day(self, at: datetime | date) -> date:
        return self._local(_utc(at)).date() if isinstance(at, datetime) else at

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)


def _checked_week(week: Mapping[int, Sequence[Interval]]) -> dict[int, tuple[Interval, ...]]:
    checked = {day: tuple(sorted(hours)) for day, hours in week.items() if hours}
    if not checked:
        raise CalendarRefused("A working week needs at least one opening time.")
    for day, hours in checked.items():
        if day not in range(7):
            raise CalendarRefused("The days of a week are 0 (Monday) to 6 (Sunday).")
        if any(opens >= closes for opens, closes in hours if closes != MIDNIGHT):
            raise CalendarRefused("An opening time must end after it starts.")
        if any(after[0] < before[1] or before[1] == MIDNIGHT for before, after in pairwise(hours)):
            raise CalendarRefused("The opening times of a day must not overlap.")
    return checked


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return at.astimezone(UTC)


def _days_on(day: date, amount: int, unit: str) -> date:
    """Days, months or years later; the 31st becomes the last day of a shorter month."""
    if unit == "days":
        return day + DAY * amount
    months = day.year * 12 + day.month - 1 + (amount if unit == "months" else amount * 12)
    year, month = months // 12, months % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
