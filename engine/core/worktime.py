"""Working calendars: add, subtract and measure working time; move a due time on while its clock stands.

The convention, in one place; everything is exact to the microsecond:
- A working day is a day with opening hours: those of its day of the week, none on a holiday, or its own on an
  exceptional day. Hours are local clock time; what the clocks skip or repeat is settled in `opening.py`.
- A moment outside the opening hours counts from the next opening (when subtracting: from the last closing).
- n working days later is the n-th working day after, at the same clock time: Thursday 15:00 plus four
  working days is Wednesday 15:00. Where it is closed then, its next open moment that day, or its closing.
- Working hours are elapsed hours while open. Time used up exactly at closing ends at closing, not next day.
- The moment of closing still belongs to the day; midnight belongs to the next.
- Days, months and years keep the local clock time; hours and minutes are elapsed time.
- A clock that stood still moves its due time on by the working time that passed meanwhile, or by the plain
  time if it does not run in working time. So a pause of no length changes nothing, and pauses add up.
"""

import calendar
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.core.hints import ui
from engine.core.opening import (
    DAY,
    CalendarRefused,
    Interval,
    Moments,
    checked_hours,
    checked_week,
    moment,
    opening_moments,
)

__all__ = ["CalendarRefused", "Interval", "Span", "WorkingCalendar"]

# a calendar without an open day in ten years is a mistake, not a long holiday
SEARCH_DAYS = 3660
NO_OPEN_DAY = "The calendar has no open day in ten years."


class Span(BaseModel):
    """A length of time with one unit: {"working_days": 5}, {"months": 1}."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=ui("span"))

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
    """When a department works: `week` gives the opening intervals of each day (0 is Monday).

    `own_days` gives the intervals of single days, which count before the week and any holiday; none: closed.
    """

    time_zone: str
    week: Mapping[int, Sequence[Interval]]
    holidays: frozenset[date] = frozenset()
    own_days: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _known: dict[date, tuple[Moments, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.time_zone)
        except (LookupError, ValueError, OSError):
            raise CalendarRefused(f'There is no time zone "{self.time_zone}".') from None
        own_days = {day: checked_hours(hours) for day, hours in self.own_days.items()}
        object.__setattr__(self, "zone", zone)
        object.__setattr__(self, "week", checked_week(self.week))
        object.__setattr__(self, "own_days", own_days)

    @cached_property
    def mark(self) -> str:
        """A short fingerprint: calendars with the same one work at the same times."""
        said = [
            self.time_zone,
            *(f"{day}:{_written(hours)}" for day, hours in sorted(self.week.items())),
            *(day.isoformat() for day in sorted(self.holidays)),
            *(f"{day}:{_written(hours)}" for day, hours in sorted(self.own_days.items())),
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]

    def is_working_day(self, day: date) -> bool:
        """Whether the department opens on this day."""
        return bool(self.hours(day))

    def is_open(self, at: datetime) -> bool:
        """Whether the department is open at this moment."""
        instant = _utc(at)
        return any(opens <= instant < closes for _, opens, closes in self._around(instant))

    def hours(self, day: date) -> tuple[Moments, ...]:
        """The opening hours of a day as moments; all arithmetic is done in UTC, so that no clock bends it."""
        found = self._known.get(day)
        if found is None:
            own = self.own_days.get(day)
            usual = () if day in self.holidays else self.week.get(day.weekday(), ())
            found = self._known[day] = opening_moments(day, usual if own is None else own, self.zone)
        return found

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
        # a day more at both ends: where clocks go back over midnight, a day begins before another ends
        day, last = self._day(start) - DAY, self._day(end) + DAY
        while day <= last:
            for opens, closes in self.hours(day):
                total += max(timedelta(), min(closes, finish) - max(opens, begin))
            day += DAY
        return total

    def working_days_between(self, start: datetime | date, end: datetime | date) -> int:
        """How many working days lie after the day of start, up to and with the day of end."""
        first, last = self._day(start), self._day(end)
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + DAY * n) for n in range(1, (last - first).days + 1))

    def passed(self, since: datetime, until: datetime, *, working: bool) -> timedelta:
        """How much a clock counts from one moment to another."""
        return self.between(since, until) if working else _utc(until) - _utc(since)

    def moved(self, due: datetime, since: datetime, until: datetime, *, working: bool) -> datetime:
        """A due time after its clock stood still from `since` to `until`."""
        stood = self.passed(since, until, working=working)
        if not stood:
            return self._local(_utc(due))
        return self.add_working_time(due, stood) if working else self._local(_utc(due) + stood)

    def add_working_time(self, start: datetime, length: timedelta) -> datetime:
        """The moment when so much working time has passed; a negative length goes back."""
        way = 1 if length >= timedelta() else -1
        left = abs(length)
        for _, opens, closes in self._open_hours(_utc(start), way):
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
        return self._local(moment(_days_on(local.date(), amount, span.unit), local.time(), self.zone))

    def _same_clock(self, at: datetime, working_days: int) -> datetime:
        first, opens, closes = next(self._open_hours(_utc(at), 1 if working_days > 0 else -1))
        begin = self._local(opens if working_days > 0 else closes)
        day = self.shift_day(first, working_days)
        hours = self.hours(day)
        if begin.date() > first:  # the closing at midnight of the day before
            return self._local(hours[-1][1])
        wanted = moment(day, begin.time(), self.zone)
        return self._local(next((max(o, wanted) for o, c in hours if wanted <= c), hours[-1][1]))

    def _around(self, at: datetime) -> Iterator[tuple[date, datetime, datetime]]:
        """The opening hours of the day of a moment and of its neighbours."""
        today = self._day(at)
        for day in (today - DAY, today, today + DAY):
            yield from ((day, opens, closes) for opens, closes in self.hours(day))

    def _open_hours(self, at: datetime, way: int) -> Iterator[tuple[date, datetime, datetime]]:
        """The opening hours from a moment on, forward or back, each with its day; the first is cut at it."""
        today = self._day(at)
        near = list(self._around(at))
        if way > 0:
            for day, opens, closes in near:
                if closes > at or (closes == at and day == today):
                    yield day, max(opens, at), closes
        else:
            for day, opens, closes in reversed(near):
                if opens < at or (opens == at and day == today):
                    yield day, opens, min(closes, at)
        for later in self._days(today + DAY * way, way):
            yield from ((later, opens, closes) for opens, closes in self.hours(later)[::way])

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


def _written(hours: Sequence[Interval]) -> str:
    return ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours)


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
