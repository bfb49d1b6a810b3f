"""Times, moments and durations, read, moved and written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.feel.calendar import Day
from engine.core.feel.reading_times import read_any, read_duration, read_moment
from engine.core.feel.times import Clock, Moment, Months, Seconds, Zone

# wall clocks: which zone they are of is said where they are used
EARLIEST, LATEST = (datetime(year, 1, 1) for year in (1950, 2050))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "2018-12-10", "-0044-03-15", "999999999-12-31", "10:30:00", "10:30:00.0001+05:00:01", "10:30:00Z",
        "10:30:00@Etc/UTC", "2018-12-10T10:30:00.5-03:30", "2018-12-10T10:30:00@Europe/Paris", "P1D", "-P1D",
        "P1DT2H3M4.1234S", "PT0S", "P1Y2M", "-P1Y", "P0M",
    ],
)  # fmt: skip
def test_what_is_read_is_written_the_same(text: str) -> None:
    assert str(read_any(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2018-1-1", "02018-01-01", "+2018-01-01", "2018-02-29", "24:00:00", "10:30", "10:30:60", "P", "PT",
        "10:30:00+19:00", "10:30:00@No/Where", "10:30:00@../../etc/passwd", "P1DT", "P1H", "-", "T10:30:00",
        "P1Y1D",
    ],
)  # fmt: skip
def test_what_is_no_time_is_nothing(text: str) -> None:
    assert read_any(text) is None


@given(st.datetimes(EARLIEST, LATEST), st.integers(-(10**8), 10**8))
def test_moments_in_a_region_move_as_python_moves_them(moment: datetime, seconds: int) -> None:
    zone = ZoneInfo("Europe/Paris")
    expected = (moment.replace(tzinfo=zone).astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)
    fraction = Decimal(moment.microsecond) / 1_000_000
    clock = Clock(moment.hour, moment.minute, moment.second, fraction, Zone(name="Europe/Paris"))
    found = Moment(Day(moment.year, moment.month, moment.day), clock).later(Decimal(seconds))
    assert str(found.day) == expected.date().isoformat()
    assert (found.clock.hour, found.clock.minute) == (expected.hour, expected.minute)


@given(st.decimals(-(10**12), 10**12, places=6))
def test_durations_come_back_as_they_were(total: Decimal) -> None:
    assert read_duration(str(Seconds(total))) == Seconds(total)


@given(st.integers(-(10**9), 10**9))
def test_months_come_back_as_they_were(total: int) -> None:
    assert read_duration(str(Months(total))) == Months(total)


@pytest.mark.parametrize(
    ("text", "says"),
    {
        '@"2020-02-29" + @"P1Y"': '@"2021-02-28"',
        '@"2020-03-01" - @"2020-02-28"': '@"P2D"',
        '@"2020-01-01T00:00:00Z" - @"2020-01-01T00:00:00+01:00"': '@"PT1H"',
        '@"2020-01-01T00:00:00Z" - @"2020-01-01T00:00:00"': "null",
        '@"23:30:00" + @"PT1H"': '@"00:30:00"',
        '@"P1D" * 2': '@"P2D"',
        '@"P1D" / @"PT12H"': "2",
        '@"P1Y" / 2': '@"P6M"',
        '-@"P1D"': '@"-P1D"',
        '@"P1Y" + @"P1D"': "null",
        '@"10:00:00Z" < @"10:00:00-01:00"': "true",
        '@"10:00:00Z" < @"10:00:00"': "null",
        '@"2020-01-01T10:00:00+02:00".time offset': '@"PT2H"',
        '@"2020-01-01T10:00:00@Europe/Paris".timezone': '"Europe/Paris"',
        '@"-P1DT2H".hours': "-2",
    }.items(),
)
def test_times_and_durations_go_together(text: str, says: str, say: Callable[..., str]) -> None:
    assert say(text) == says


def test_a_date_alone_is_its_midnight() -> None:
    assert str(read_moment("2018-12-10")) == "2018-12-10T00:00:00"
