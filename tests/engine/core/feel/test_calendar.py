"""Days beyond those that Python knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.feel.calendar import Day


@given(st.dates(), st.integers(-40_000, 40_000))
def test_days_are_counted_as_python_counts_them(day: date, months: int) -> None:
    ours = Day(day.year, day.month, day.day)
    assert ours.number == day.toordinal() - date(1970, 1, 1).toordinal()
    assert Day.of_number(ours.number) == ours
    assert ours.weekday == day.isoweekday()
    assert ours.later(months).later(-months).month == day.month


@given(st.integers(-300_000_000_000, 300_000_000_000))
def test_every_day_has_one_number(number: int) -> None:
    assert Day.of_number(number).number == number


@pytest.mark.parametrize("parts", [(2021, 2, 29), (2020, 13, 1), (2020, 0, 1), (10**9, 1, 1)])
def test_days_that_no_calendar_has_are_refused(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such"):
        Day(*parts)
