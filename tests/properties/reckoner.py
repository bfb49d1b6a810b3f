"""An independent reckoner of deadlines: it walks the minutes one by one and counts those that are open.

It shares no arithmetic with `engine.core.worktime`. Its one idea is a clock on the wall that never goes back:
where the local clock jumps back, this one stands until it is overtaken. A minute is open if this clock shows
an opening time. Moments are whole microseconds since 1970 in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
ONE_DAY = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number(at: datetime) -> int:
    """A moment as a number."""
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """A number as a moment."""
    return EPOCH + timedelta(microseconds=at)


@dataclass
class Reckoner:
    """Opening times by day of the week and by day, in minutes since midnight; a closed day has none."""

    zone: ZoneInfo
    week: dict[int, Sequence[tuple[int, int]]]
    holidays: set[date]
    own: dict[date, Sequence[tuple[int, int]]]
    shown: dict[int, list[int]] = field(default_factory=dict)  # by day of UTC: the wall clock at each minute
    opened: dict[int, bytes] = field(default_factory=dict)  # by day of UTC: 1 for each minute that is open
    hours: dict[int, bytes] = field(default_factory=dict)  # by day of the clock, likewise
    ahead: dict[int, int] = field(default_factory=dict)  # by quarter of an hour: the local clock before UTC

    # --- the clock on the wall
    def wall(self, minute: int) -> int:
        """What the clock that never goes back shows at this minute of UTC, in minutes since 1970."""
        day = minute // ONE_DAY
        if day not in self.shown:
            self.shown[day] = self._walk(day * ONE_DAY)
        return self.shown[day][minute % ONE_DAY]

    def _walk(self, first: int) -> list[int]:
        """A day of the clock, begun the day before: no clock goes back further."""
        before = first - ONE_DAY
        quarters = {self._ahead(quarter) for quarter in range(before, first + ONE_DAY + 15, 15)}
        if len(quarters) == 1:
            return list(range(first + min(quarters), first + ONE_DAY + min(quarters)))
        readings = (self.time_shown(minute * MINUTE) // MINUTE for minute in range(before, first + ONE_DAY))
        return list(accumulate(readings, max))[ONE_DAY:]

    def _ahead(self, minute: int) -> int:
        if minute not in self.ahead:
            self.ahead[minute] = self.time_shown(minute * MINUTE) // MINUTE - minute
        return self.ahead[minute]

    def open_at(self, shown: int) -> int:
        """1 if it is open while the clock shows this."""
        return self._hours(shown // ONE_DAY)[shown % ONE_DAY]

    def _hours(self, day: int) -> bytes:
        if day not in self.hours:
            self.hours[day] = self._minutes(EPOCH.date() + timedelta(days=day))
        return self.hours[day]

    def _minutes(self, day: date) -> bytes:
        minutes = bytearray(ONE_DAY)
        usual = [] if day in self.holidays else self.week.get(day.weekday(), [])
        for opens, closes in self.own.get(day, usual):
            minutes[opens:closes] = b"\1" * (closes - opens)
        return bytes(minutes)

    def is_open(self, minute: int) -> bool:
        """Whether it is open in this minute of UTC."""
        return self._day(minute // ONE_DAY)[minute % ONE_DAY] == 1

    def _day(self, day: int) -> bytes:
        if day not in self.opened:
            first, last = self.wall(day * ONE_DAY), self.wall((day + 1) * ONE_DAY - 1)
            if last - first == ONE_DAY - 1:  # the clock did not jump
                two = self._hours(first // ONE_DAY) + self._hours(first // ONE_DAY + 1)
                self.opened[day] = two[first % ONE_DAY :][:ONE_DAY]
            else:
                self.opened[day] = bytes([self.open_at(shown) for shown in self.shown[day]])
        return self.opened[day]

    def reach(self, wanted: int) -> int:
        """The first moment at which the clock shows this or more, in microseconds."""
        floor = wanted // MINUTE
        quarters = (floor // 15 * 15 - ONE_DAY, floor // 15 * 15 + ONE_DAY)
        minute = floor - max(self._ahead(quarter) for quarter in quarters) - 120
        while self.wall(minute) < floor:
            minute += 1
        inside = wanted % MINUTE if self.wall(minute) == floor else 0
        return minute * MINUTE + inside

    # --- counting
    def forward(self, at: int, length: int) -> int:
        """The moment after so much open time; what is used up at closing ends there."""
        here, left = at, length
        if left == 0 and self._touches(here):
            return here
        while True:
            minute = here // MINUTE
            end = (minute + 1) * MINUTE
            if self.is_open(minute):
                if end - here >= left:
                    return here + left
                left -= end - here
            here = end

    def back(self, at: int, length: int) -> int:
        """The moment before so much open time; what is used up at opening ends there."""
        here, left = at, length
        while True:
            minute = (here - 1) // MINUTE
            begin = minute * MINUTE
            if self.is_open(minute):
                if here - begin >= left:
                    return here - left
                left -= here - begin
            here = begin

    def counted(self, since: int, until: int) -> int:
        """The open time between two moments: its minutes, without what of the outer ones lies outside."""
        if until <= since:
            return 0
        first, last = since // MINUTE, (until - 1) // MINUTE
        days = b"".join(self._day(day) for day in range(first // ONE_DAY, last // ONE_DAY + 1))
        begin = first // ONE_DAY * ONE_DAY
        total = days[first - begin : last + 1 - begin].count(1) * MINUTE
        total -= self.is_open(first) * (since - first * MINUTE)
        return total - self.is_open(last) * ((last + 1) * MINUTE - until)

    def _touches(self, at: int) -> bool:
        """Whether a moment is open, or the closing of its own day."""
        minute = at // MINUTE
        if self.is_open(minute):
            return True
        before = self.wall(minute - 1)
        same_day = before // ONE_DAY == self.wall(minute) // ONE_DAY
        return at % MINUTE == 0 and same_day and self.open_at(before) == 1

    # --- days
    def working(self, day: int) -> bool:
        """Whether a day (since 1970) has an open minute that the clock really shows."""
        if 1 not in self._hours(day):
            return False
        minute = self.reach(day * ONE_DAY * MINUTE) // MINUTE
        while self.wall(minute) < (day + 1) * ONE_DAY:
            if self.is_open(minute):
                return True
            minute += 1
        return False

    def later_day(self, day: int, steps: int) -> int:
        """The n-th working day after a day, or before it."""
        way = 1 if steps > 0 else -1
        for _ in range(abs(steps)):
            day += way
            while not self.working(day):
                day += way
        return day

    def opening_times(self, day: int) -> Iterator[tuple[int, int]]:
        """The stretches of open time on a day, in microseconds."""
        minute = self.reach(day * ONE_DAY * MINUTE) // MINUTE
        begin = None
        while self.wall(minute) // ONE_DAY == day:
            if self.is_open(minute) and begin is None:
                begin = minute
            if not self.is_open(minute) and begin is not None:
                yield begin * MINUTE, minute * MINUTE
                begin = None
            minute += 1
        if begin is not None:
            yield begin * MINUTE, minute * MINUTE

    def same_time(self, at: int, days: int) -> int:
        """So many working days later or earlier, at the same time of day."""
        _, day, clock = self._begin_later(at) if days > 0 else self._begin_earlier(at)
        target = self.later_day(day, days)
        times = list(self.opening_times(target))
        if clock is None:
            return times[-1][1]
        wanted = self.reach(target * ONE_DAY * MINUTE + clock)
        for opens, closes in times:
            if wanted <= closes:
                return max(opens, wanted)
        return times[-1][1]

    def _begin_later(self, at: int) -> tuple[int, int, int | None]:
        here = at if self._touches(at) else self.forward(at, 1) - 1
        shown = self.time_shown(here)
        return here, shown // MINUTE // ONE_DAY, shown % (ONE_DAY * MINUTE)

    def _begin_earlier(self, at: int) -> tuple[int, int, int | None]:
        if self.is_open(at // MINUTE):
            shown = self.time_shown(at)
            return at, shown // MINUTE // ONE_DAY, shown % (ONE_DAY * MINUTE)
        here = self.back(at, 1) + 1  # the last closing: the end of the last open minute
        day = self.wall((here - 1) // MINUTE) // ONE_DAY
        shown = self.time_shown(here)
        return here, day, shown % (ONE_DAY * MINUTE) if shown // MINUTE // ONE_DAY == day else None

    def time_shown(self, at: int) -> int:
        """What a plain local clock shows at a moment, to the microsecond."""
        return number(moment(at).astimezone(self.zone).replace(tzinfo=UTC))

    # --- spans and stops
    def later(self, at: int, unit: str, amount: int) -> int:
        """One span later, or earlier for a negative amount."""
        match unit:
            case "working_days":
                return self.same_time(at, amount)
            case "working_hours":
                length = abs(amount) * 60 * MINUTE
                return self.forward(at, length) if amount > 0 else self.back(at, length)
            case "hours":
                return at + amount * 60 * MINUTE
            case "minutes":
                return at + amount * MINUTE
        shown = moment(self.time_shown(at))
        day = (
            shown.date() + timedelta(days=amount)
            if unit == "days"
            else months_later(shown.date(), unit, amount)
        )
        since_1970 = (day - EPOCH.date()).days
        clock = number(shown) % (ONE_DAY * MINUTE)
        return self.reach(since_1970 * ONE_DAY * MINUTE + clock)

    def due(self, start: int, unit: str, amount: int, stops: Sequence[tuple[int, int | None]]) -> int:
        """When a clock is due that stands still during the stops; an open stop stops it for good."""
        due = self.later(start, unit, amount)
        for since, until in pieces(start, stops):
            stood = self.counted(since, until) if unit.startswith("working_") else until - since
            if stood:
                due = self.forward(due, stood) if unit.startswith("working_") else due + stood
        return due


def months_later(day: date, unit: str, amount: int) -> date:
    """Month by month; a day that the last month has not is its last day."""
    year, month = day.year, day.month
    for _ in range(abs(amount) * (12 if unit == "years" else 1)):
        month += 1 if amount > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    for number_of_day in range(day.day, 0, -1):
        try:
            return date(year, month, number_of_day)
        except ValueError:
            continue
    raise AssertionError


def pieces(start: int, stops: Sequence[tuple[int, int | None]]) -> list[tuple[int, int]]:
    """The time after the start that lies in any stop, cut at every bound, until it stands still for good."""
    last = standing_since(start, stops)
    bounds = sorted({start, *(bound for stop in stops for bound in stop if bound is not None)})
    inside = [bound for bound in bounds if bound >= start and (last is None or bound <= last)]
    return [
        (begin, end)
        for begin, end in pairwise(inside)
        if any(since <= begin and (until is None or until >= end) for since, until in stops)
    ]


def standing_since(start: int, stops: Sequence[tuple[int, int | None]]) -> int | None:
    """Since when the clock stands still for good; another stop that leads up to it counts as one with it."""
    last = min((max(start, since) for since, until in stops if until is None), default=None)
    for _ in stops:  # each can lead up to another
        for since, until in stops:
            if last is not None and until is not None and since < last <= until:
                last = max(start, since)
    return last
