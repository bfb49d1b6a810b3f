"""Times, moments and durations of FEEL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.core.feel.calendar import Day

A_DAY, AN_HOUR, A_MINUTE = 86_400, 3_600, 60
# the years for which Python knows when clocks change
FIRST, LAST = 2, 9_998


@dataclass(frozen=True)
class Zone:
    """A fixed distance from UTC in seconds, or a region by its name."""

    offset: int = 0
    name: str = ""

    def distance(self, day: Day, seconds: int, *, utc: bool = False) -> int:
        """How far from UTC its clocks are then; the clock time is its own, or UTC."""
        if not self.name:
            return self.offset
        year = min(max(day.year, FIRST), LAST)
        moment = datetime(year, day.month, 28 if year != day.year and day.day > 28 else day.day)  # noqa: DTZ001  a wall clock
        moment += timedelta(seconds=seconds)
        zone = ZoneInfo(self.name)
        aware = moment.replace(tzinfo=UTC).astimezone(zone) if utc else moment.replace(tzinfo=zone)
        return round((aware.utcoffset() or timedelta()).total_seconds())

    def __str__(self) -> str:
        if self.name:
            return f"@{self.name}"
        if not self.offset:
            return "Z"
        minutes, seconds = divmod(abs(self.offset), A_MINUTE)
        text = f"{'-' if self.offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
        return f"{text}:{seconds:02}" if seconds else text


@dataclass(frozen=True)
class Clock:
    """A time of day, with or without a zone."""

    hour: int
    minute: int
    second: int
    fraction: Decimal = Decimal(0)
    zone: Zone | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.hour < 24 and 0 <= self.minute < 60 and 0 <= self.second < 60):
            raise ValueError("no such time")

    @property
    def seconds(self) -> int:
        """Whole seconds since midnight."""
        return self.hour * AN_HOUR + self.minute * A_MINUTE + self.second

    @property
    def instant(self) -> Decimal:
        """Seconds since midnight UTC; without a zone since midnight of its own."""
        distance = self.zone.distance(Day(2000, 1, 1), self.seconds) if self.zone else 0
        return self.seconds + self.fraction - distance

    @classmethod
    def of_seconds(cls, seconds: Decimal, zone: Zone | None) -> Clock:
        """The time so many seconds after midnight, round the clock."""
        whole = int(seconds // 1) if seconds >= 0 else -int(-seconds // 1) - (seconds % 1 != 0)
        minutes, second = divmod(whole % A_DAY, A_MINUTE)
        return cls(minutes // 60, minutes % 60, second, seconds - whole, zone)

    def later(self, seconds: Decimal) -> Clock:
        """So many seconds later, round the clock."""
        return Clock.of_seconds(self.seconds + self.fraction + seconds, self.zone)

    def __str__(self) -> str:
        fraction = f"{self.fraction:f}".rstrip("0").removeprefix("0").rstrip(".") if self.fraction else ""
        zone = str(self.zone) if self.zone else ""
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{fraction}{zone}"


MIDNIGHT = Clock(0, 0, 0)


@dataclass(frozen=True)
class Moment:
    """A date with a time of day."""

    day: Day
    clock: Clock

    @property
    def local(self) -> Decimal:
        """Seconds since 1970 by its own clock."""
        return self.day.number * A_DAY + self.clock.seconds + self.clock.fraction

    @property
    def instant(self) -> Decimal:
        """Seconds since 1970 in UTC; without a zone by its own clock."""
        zone = self.clock.zone
        return self.local - (zone.distance(self.day, self.clock.seconds) if zone else 0)

    @classmethod
    def of_local(cls, seconds: Decimal, zone: Zone | None) -> Moment:
        """The moment at which a clock of the zone shows this."""
        number = int(seconds.to_integral_value(rounding="ROUND_FLOOR")) // A_DAY
        return cls(Day.of_number(number), Clock.of_seconds(seconds - number * A_DAY, zone))

    def later(self, seconds: Decimal) -> Moment:
        """So many seconds later, also where the clocks change in between."""
        zone = self.clock.zone
        if zone is None or not zone.name:
            return Moment.of_local(self.local + seconds, zone)
        there = Moment.of_local(self.instant + seconds, None)
        distance = zone.distance(there.day, there.clock.seconds, utc=True)
        return Moment.of_local(there.local + distance, zone)

    def __str__(self) -> str:
        return f"{self.day}T{self.clock}"


@dataclass(frozen=True, order=True)
class Seconds:
    """A duration of days and time."""

    total: Decimal

    @property
    def parts(self) -> tuple[int, int, int, Decimal]:
        """Days, hours, minutes and seconds, without the sign."""
        whole = int(abs(self.total))
        minutes, seconds = divmod(whole, A_MINUTE)
        hours, minutes = divmod(minutes, 60)
        return hours // 24, hours % 24, minutes, seconds + abs(self.total) - whole

    def __str__(self) -> str:
        if not self.total:
            return "PT0S"
        days, hours, minutes, seconds = self.parts
        spoken = f"{seconds:f}"
        spoken = spoken.rstrip("0").rstrip(".") if "." in spoken else spoken
        time = "".join(
            f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M")) if amount
        ) + (f"{spoken}S" if seconds else "")  # fmt: skip
        sign = "-" if self.total < 0 else ""
        return f"{sign}P{f'{days}D' if days else ''}{f'T{time}' if time else ''}"


@dataclass(frozen=True, order=True)
class Months:
    """A duration of years and months."""

    total: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.total), 12)
        sign = "-" if self.total < 0 else ""
        text = f"{f'{years}Y' if years else ''}{f'{months}M' if months else ''}"
        return f"{sign}P{text or '0M'}"
