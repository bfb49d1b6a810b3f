"""Days counted from today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from forms_library.days import Day, day_of


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("2027-03-27", "2026-11-22", "2027-03-27"), ("today", "2026-11-22", "2026-11-22"),
        ("today+10d", "2026-11-22", "2026-12-02"), ("today-18y", "2024-02-29", "2006-02-28"),
        ("today+1m", "2026-01-31", "2026-02-28"), ("today-1m", "2026-03-31", "2026-02-28"),
        ("today+13m", "2026-12-05", "2028-01-05"), ("today+1w", "2026-11-20", "2026-11-23"),
        ("today-1w", "2026-11-22", "2026-11-20"),
        ("today+9999y", "2026-11-22", "9999-12-31"), ("today-9999y", "2026-11-22", "0001-01-01"),
    ],
)  # fmt: skip
def test_a_day_is_fixed_or_counted(text, today, day):
    assert day_of(text, date.fromisoformat(today)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "today+", "today+10", "today+10x", "2027-02-30", "27/3/2027"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(text)


@given(st.from_regex(r"today([+-][0-9]{1,4}[dmy])?", fullmatch=True), st.dates())
def test_every_count_from_every_day_is_a_day(text, today):
    assert isinstance(day_of(text, today), date)
