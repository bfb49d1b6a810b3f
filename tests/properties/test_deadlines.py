"""Ten years of random deadlines, holidays, pauses and clock changes, against an independent reckoner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.clocks import Stop, due_after, stood
from engine.core.worktime import Span, WorkingCalendar
from tests.properties.reckoner import Reckoner, moment, number, pieces

Hours = list[tuple[int, int]]
FIRST, DAY = datetime(2010, 1, 1, tzinfo=UTC), timedelta(days=1)
TEN_YEARS = 3652
ZONES = (
    "Europe/Lisbon",
    "Europe/Paris",
    "America/New_York",
    "America/St_Johns",  # went back a minute after midnight: a day began before another had ended
    "America/Sao_Paulo",  # went forward at midnight, and back over midnight
    "America/Santiago",
    "Asia/Beirut",
    "Africa/Casablanca",  # goes back for Ramadan
    "Australia/Lord_Howe",  # changes by half an hour
    "Asia/Kathmandu",  # five hours and three quarters ahead
    "Pacific/Apia",  # left out a whole day
)
MOST = {"working_days": 30, "working_hours": 150, "minutes": 60_000, "hours": 1000, "days": 250, "months": 14}
OFFICES = ([480, 720, 780, 960], [540, 1020], [0, 1440], [60, 150, 165, 240], [960, 1440], [120, 180])


@dataclass(frozen=True)
class Chance:
    """One clock: the same calendar told to both, a start, a span, and stops that overlap or stay open."""

    ours: WorkingCalendar
    reckoner: Reckoner
    start: datetime
    span: Span
    stops: list[tuple[datetime, datetime | None]]


def chance(seed: int) -> Chance:
    """A clock by chance; the same for the same seed."""
    random = Random(seed)
    ours, reckoner = calendar(random)
    start = begin(random, ours.zone)
    unit = random.choice(sorted(MOST) + ["working_days", "working_hours"] * 3)
    span = Span(**{unit: random.randint(1, MOST[unit])})
    return Chance(ours, reckoner, start, span, stops_after(start, random))


def calendar(random: Random) -> tuple[WorkingCalendar, Reckoner]:
    """A calendar of ours, and a reckoner that is told the same."""
    zone, usual = random.choice(ZONES), hours(random)
    week = dict.fromkeys(random.sample(range(7), random.randint(1, 7)), usual)
    for day in random.sample(range(7), random.randint(0, 2)):
        week[day] = hours(random)
    holidays = {a_day(random) for _ in range(random.randint(0, 200))}
    own = {a_day(random): random.choice(([], hours(random))) for _ in range(random.randint(0, 100))}
    ours = WorkingCalendar(zone, _times(week), frozenset(holidays), _times(own))
    return ours, Reckoner(ZoneInfo(zone), dict(week), holidays, dict(own))


def hours(random: Random) -> Hours:
    """Up to three opening times of a day in minutes: an office, or anything."""
    if random.random() < 0.5:
        return _pairs(random.choice(OFFICES))
    step = random.choice((1, 15))
    return _pairs(sorted(random.sample(range(0, 1441, step), 2 * random.randint(1, 3))))


def _pairs(marks: Sequence[int]) -> Hours:
    return [(marks[at], marks[at + 1]) for at in range(0, len(marks) - 1, 2)]


def _times(days: Mapping[Any, Hours]) -> dict[Any, list[tuple[time, time]]]:
    return {day: [(_time(opens), _time(closes)) for opens, closes in found] for day, found in days.items()}


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def a_day(random: Random) -> date:
    """Any day around the ten years."""
    return date(2009, 12, 1) + DAY * random.randint(0, TEN_YEARS + 1100)


def begin(random: Random, zone: ZoneInfo) -> datetime:
    """Any moment of ten years: half of them on the days around a change of the clocks, half of them round."""
    at = FIRST + DAY * random.randint(0, TEN_YEARS)
    if random.random() < 0.5:
        changes = (at + DAY * n for n in range(200) if _changes(at + DAY * n, zone))
        at = next(changes, at) - DAY * random.choice((0, 0, 0, 1, 30))
    if random.random() < 0.5:
        return at + timedelta(minutes=15) * random.randint(0, 200)
    return at + timedelta(microseconds=random.randint(0, 2 * 86_400 * 10**6))


def _changes(at: datetime, zone: ZoneInfo) -> bool:
    return at.astimezone(zone).utcoffset() != (at + DAY).astimezone(zone).utcoffset()


def stops_after(start: datetime, random: Random) -> list[tuple[datetime, datetime | None]]:
    """Up to five stops around the start; some of no length, some that touch, at times one that lasts."""
    stops: list[tuple[datetime, datetime | None]] = []
    for _ in range(random.choice((0, 1, 2, 3, 5))):
        since = start + timedelta(microseconds=random.randint(-(10**11), 40 * 86_400 * 10**6))
        if stops and random.random() < 0.2:
            since = stops[-1][1] or since
        length = timedelta(microseconds=random.choice((0, random.randint(1, 20 * 86_400 * 10**6))))
        stops.append((since, since + length))
    if stops and random.random() < 0.2:
        stops[-1] = (stops[-1][0], None)
    return stops


def agrees(seed: int) -> None:
    """The due time, a warning before it, the time until then and the time it stood are the reckoner's."""
    it = chance(seed)
    ours, reckoner, unit, amount = it.ours, it.reckoner, it.span.unit, it.span.amount
    begun = number(it.start)
    counted = [(number(since), None if until is None else number(until)) for since, until in it.stops]
    due = due_after(ours, it.span, it.start, [Stop(*stop) for stop in it.stops])
    wanted = reckoner.due(begun, unit, amount, counted)
    assert due.astimezone(UTC) == moment(wanted)  # a repeated hour equals nothing in another zone
    warned = ours.subtract(due, Span(**{unit: max(1, amount // 3)}))
    assert warned.astimezone(UTC) == moment(reckoner.later(wanted, unit, -max(1, amount // 3)))
    earlier = ours.subtract(it.start, it.span)
    assert earlier.astimezone(UTC) == moment(reckoner.later(begun, unit, -amount))
    assert ours.between(it.start, due) == timedelta(microseconds=reckoner.counted(begun, wanted))
    still = sum(reckoner.counted(*piece) for piece in pieces(begun, counted))
    closed = [Stop(*stop) for stop in it.stops if stop[1] is not None]
    if len(closed) == len(it.stops):
        assert stood(ours, it.start, closed, due, working=True) == timedelta(microseconds=still)


@given(st.integers(0, 2**64))
@settings(max_examples=200)
def test_deadlines_equal_those_of_the_reckoner(seed: int) -> None:
    agrees(seed)


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@given(st.integers(0, 2**64))
@settings(max_examples=5000)
def test_thousands_of_deadlines_equal_those_of_the_reckoner(seed: int) -> None:
    agrees(seed)
