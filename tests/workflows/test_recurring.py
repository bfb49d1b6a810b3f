"""When something comes round again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.core.worktime import WorkingCalendar
from workflows.recurring import Recurrence

HOURS = [(time(9), time(17))]
LISBON = WorkingCalendar("Europe/Lisbon", dict.fromkeys(range(5), HOURS), frozenset({date(2026, 12, 25)}))


def days(rule: dict[str, object], start: str, count: int = 3) -> list[str]:
    """The next occurrences on the clock of the department."""
    recurrence, found = Recurrence.model_validate(rule), []
    moment = datetime.fromisoformat(start).replace(tzinfo=LISBON.zone)
    for _ in range(count):
        moment = recurrence.next_after(moment, LISBON)
        found.append(moment.astimezone(LISBON.zone).strftime("%a %d %b %Y %H:%M"))
    return found


def test_every_day():
    assert days({"every": "day"}, "2026-11-27T09:00") == [
        "Sat 28 Nov 2026 08:00",
        "Sun 29 Nov 2026 08:00",
        "Mon 30 Nov 2026 08:00",
    ]


def test_every_working_day_leaves_out_weekends_and_holidays():
    assert days({"every": "working_day", "at": "07:30"}, "2026-12-24T07:30") == [
        "Mon 28 Dec 2026 07:30",
        "Tue 29 Dec 2026 07:30",
        "Wed 30 Dec 2026 07:30",
    ]


def test_on_days_of_the_week():
    assert days({"every": "week", "on": ["monday", "thursday"]}, "2026-11-26T07:59", 2) == [
        "Thu 26 Nov 2026 08:00",
        "Mon 30 Nov 2026 08:00",
    ]


def test_a_day_that_the_month_does_not_have_is_its_last():
    assert days({"every": "month", "day": 31}, "2026-01-31T09:00", 3) == [
        "Sat 28 Feb 2026 08:00",
        "Tue 31 Mar 2026 08:00",
        "Thu 30 Apr 2026 08:00",
    ]


def test_every_year_on_the_last_of_february():
    assert days({"every": "year", "month": 2, "day": 29}, "2027-01-01T00:00", 2) == [
        "Sun 28 Feb 2027 08:00",
        "Tue 29 Feb 2028 08:00",
    ]


@pytest.mark.parametrize(
    ("when_closed", "first"),
    [
        ("same_day", "Fri 25 Dec 2026 08:00"),
        ("next_working_day", "Mon 28 Dec 2026 08:00"),
        ("working_day_before", "Thu 24 Dec 2026 08:00"),
        ("skip", "Mon 25 Jan 2027 08:00"),
    ],
)
def test_a_closed_day(when_closed, first):
    rule = {"every": "month", "day": 25, "when_closed": when_closed}
    assert days(rule, "2026-12-01T00:00", 1) == [first]


def test_occurrences_that_move_to_the_same_day_are_one():
    rule = {"every": "day", "when_closed": "next_working_day"}
    assert days(rule, "2026-11-27T09:00", 2) == ["Mon 30 Nov 2026 08:00", "Tue 01 Dec 2026 08:00"]


def test_an_hour_that_does_not_exist_comes_after_the_change_of_clocks():
    recurrence = Recurrence.model_validate({"every": "day", "at": "01:30"})
    night = recurrence.next_after(datetime(2026, 3, 28, 12, tzinfo=LISBON.zone), LISBON)
    assert night.timestamp() == datetime(2026, 3, 29, 1, 30, tzinfo=LISBON.zone).timestamp()
    assert days({"every": "day", "at": "01:30"}, "2026-03-28T12:00", 2)[1] == "Mon 30 Mar 2026 01:30"


@pytest.mark.parametrize(
    "rule",
    [
        {"every": "week"},
        {"every": "month"},
        {"every": "year", "day": 1},
        {"every": "day", "day": 3},
        {"every": "day", "at": "24:00"},
        {"every": "month", "day": 32},
        {"every": "month", "day": 0},
        {"every": "fortnight"},
    ],
)
def test_a_rule_that_says_too_little_or_too_much_is_refused(rule):
    with pytest.raises(ValidationError):
        Recurrence.model_validate(rule)


RULES = st.one_of(
    st.just({"every": "day"}),
    st.just({"every": "working_day"}),
    st.builds(lambda on: {"every": "week", "on": [on]}, st.sampled_from(["monday", "saturday"])),
    st.builds(lambda day: {"every": "month", "day": day}, st.integers(1, 31)),
)
CLOSED = st.sampled_from(["same_day", "next_working_day", "working_day_before", "skip"])


FIRST = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@given(RULES, CLOSED, MOMENTS, st.integers(0, 23))
def test_nothing_lies_between_a_moment_and_its_next_occurrence(rule, closed, moment, hour):
    """Asked from any moment before it, it is the same: none is left out or doubled."""
    written = {**rule, "at": f"{hour:02d}:00"} | (
        {} if rule["every"] == "working_day" else {"when_closed": closed}
    )
    recurrence, asked = Recurrence.model_validate(written), moment
    following = recurrence.next_after(asked, LISBON)
    if following is None:  # every Saturday is closed and skipped
        assert (rule.get("on"), closed) == (["saturday"], "skip")
        return
    assert following > asked
    assert recurrence.next_after(following - timedelta(seconds=1), LISBON) == following
    assert recurrence.next_after(asked + (following - asked) / 2, LISBON) == following
