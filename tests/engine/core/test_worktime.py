"""Working time: deadlines across nights, weekends, holidays and the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.core.worktime import CalendarRefused, Span, WorkingCalendar

DAY = [(time(8), time(12)), (time(13), time(16))]
HOLIDAYS = frozenset({date(2026, 5, 1), date(2026, 12, 25)})
OFFICE = WorkingCalendar("Europe/Paris", dict.fromkeys(range(5), DAY), HOLIDAYS)
SHORT_FRIDAY = WorkingCalendar("Europe/Paris", {**dict.fromkeys(range(4), DAY), 4: [(time(8), time(12))]})
ALWAYS = WorkingCalendar("Europe/Paris", {day: [(time(), time())] for day in range(7)})


def _at(text: str, calendar: WorkingCalendar = OFFICE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


def _after(start: str, calendar: WorkingCalendar = OFFICE, **span: int) -> str:
    return f"{calendar.add(_at(start), Span(**span)):%Y-%m-%d %H:%M}"


def _before(end: str, calendar: WorkingCalendar = OFFICE, **span: int) -> str:
    return f"{calendar.subtract(_at(end), Span(**span)):%Y-%m-%d %H:%M}"


def test_a_case_that_arrives_on_thursday_is_due_on_wednesday_at_the_same_time() -> None:
    assert _after("2026-02-26 15:00", working_days=4) == "2026-03-04 15:00"


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-02-26 18:30", "2026-03-02 08:00"),  # after closing: counts from Friday's opening
        ("2026-02-26 06:00", "2026-02-27 08:00"),  # before opening
        ("2026-02-26 12:30", "2026-02-27 13:00"),  # in the break
        ("2026-02-28 11:00", "2026-03-03 08:00"),  # on Saturday: from Monday's opening
        ("2026-02-26 16:00", "2026-02-27 16:00"),  # the moment of closing still belongs to the day
        ("2026-04-30 10:00", "2026-05-04 10:00"),  # 1 May is a holiday
        ("2026-05-01 10:00", "2026-05-05 08:00"),  # on a holiday: from the next opening
        ("2026-12-24 09:00", "2026-12-28 09:00"),
    ],
)
def test_one_working_day_later(start: str, due: str) -> None:
    assert _after(start, working_days=1) == due


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-02-26 15:00", "2026-02-27 12:00"),  # Friday closes at noon
        ("2026-02-26 10:00", "2026-02-27 10:00"),
    ],
)
def test_a_shorter_day_ends_at_its_closing(start: str, due: str) -> None:
    assert _after(start, SHORT_FRIDAY, working_days=1) == due


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-02-26 08:00", 4, "2026-02-26 12:00"),  # used up at closing ends at closing
        ("2026-02-26 11:00", 2, "2026-02-26 14:00"),  # over the break
        ("2026-02-26 15:00", 2, "2026-02-27 09:00"),
        ("2026-02-27 15:00", 2, "2026-03-02 09:00"),  # over the weekend
        ("2026-02-28 10:00", 7, "2026-03-02 16:00"),
        ("2026-04-30 15:00", 8, "2026-05-04 16:00"),  # over the holiday
    ],
)
def test_working_hours_run_only_while_open(start: str, hours: int, due: str) -> None:
    assert _after(start, working_hours=hours) == due


@pytest.mark.parametrize(
    ("end", "span", "start"),
    [
        ("2026-03-04 15:00", {"working_days": 4}, "2026-02-26 15:00"),
        ("2026-02-28 10:00", {"working_days": 1}, "2026-02-26 16:00"),  # from Friday's closing
        ("2026-02-26 07:00", {"working_days": 1}, "2026-02-24 16:00"),
        ("2026-02-26 09:00", {"working_hours": 2}, "2026-02-25 15:00"),
        ("2026-05-04 09:00", {"working_hours": 2}, "2026-04-30 15:00"),
        ("2026-03-31 09:00", {"months": 1}, "2026-02-28 09:00"),
        ("2026-03-31 09:00", {"days": 2}, "2026-03-29 09:00"),
    ],
)
def test_subtracting(end: str, span: dict[str, int], start: str) -> None:
    assert _before(end, **span) == start


@pytest.mark.parametrize(
    ("span", "due"),
    [
        ({"days": 3}, "2026-03-01 15:00"),
        ({"hours": 30}, "2026-02-27 21:00"),
        ({"minutes": 90}, "2026-02-26 16:30"),
        ({"months": 1}, "2026-03-26 15:00"),
        ({"years": 2}, "2028-02-26 15:00"),
    ],
)
def test_calendar_time_runs_by_night_too(span: dict[str, int], due: str) -> None:
    assert _after("2026-02-26 15:00", **span) == due


def test_the_31st_becomes_the_last_day_of_a_shorter_month() -> None:
    assert _after("2026-01-31 10:00", months=1) == "2026-02-28 10:00"
    assert _after("2024-02-29 10:00", years=1) == "2025-02-28 10:00"
    assert _after("2026-12-31 10:00", months=2) == "2027-02-28 10:00"


def test_clock_time_is_kept_when_the_clocks_change() -> None:
    """In Paris the clocks go forward on 29 March 2026 and back on 25 October 2026."""
    assert _after("2026-03-28 09:00", days=1) == "2026-03-29 09:00"
    assert _after("2026-03-27 09:00", working_days=1) == "2026-03-30 09:00"
    assert _after("2026-10-23 15:00", working_hours=2) == "2026-10-26 09:00"
    assert _after("2026-03-28 09:00", hours=24) == "2026-03-29 10:00"
    assert _after("2026-10-24 09:00", hours=24) == "2026-10-25 08:00"


def test_a_night_shift_has_an_hour_less_or_more_when_the_clocks_change() -> None:
    assert ALWAYS.between(_at("2026-03-29 00:00"), _at("2026-03-30 00:00")) == timedelta(hours=23)
    assert ALWAYS.between(_at("2026-10-25 00:00"), _at("2026-10-26 00:00")) == timedelta(hours=25)
    assert _after("2026-03-29 01:30", ALWAYS, working_hours=1) == "2026-03-29 03:30"
    # 02:30 does not exist on that day: the clocks go forward at 02:00
    assert _after("2026-03-28 02:30", ALWAYS, days=1) == "2026-03-29 03:00"
    second = _at("2026-10-25 02:30").replace(fold=1)  # the hour that is there twice leaves no trace
    assert f"{ALWAYS.add(second, Span(days=154)):%Y-%m-%d %H:%M}" == "2027-03-28 03:00"


def test_opening_times_that_the_clocks_skip_or_repeat_neither_overlap_nor_end_before_they_begin() -> None:
    night = [(time(1), time(2, 30)), (time(2, 30), time(2, 45)), (time(3), time(4))]
    watch = WorkingCalendar("Europe/Paris", dict.fromkeys(range(7), night))
    assert watch.between(_at("2026-03-28 12:00"), _at("2026-03-29 12:00")) == timedelta(hours=2)
    assert watch.between(_at("2026-10-24 12:00"), _at("2026-10-25 12:00")) == timedelta(hours=2, minutes=45)
    assert watch.between(_at("2026-07-01 00:00"), _at("2026-07-02 00:00")) == timedelta(hours=2, minutes=45)
    skipped = WorkingCalendar("Europe/Paris", {6: [(time(2), time(3))]})
    assert not skipped.is_working_day(date(2026, 3, 29))
    assert skipped.shift_day(date(2026, 3, 28), 1) == date(2026, 4, 5)


def test_a_day_that_a_country_skipped_is_no_working_day() -> None:
    """Samoa had no 30 December 2011."""
    samoa = WorkingCalendar("Pacific/Apia", dict.fromkeys(range(5), DAY))
    assert not samoa.is_working_day(date(2011, 12, 30))
    assert samoa.shift_day(date(2011, 12, 29), 1) == date(2012, 1, 2)


def test_own_days_count_before_the_week_and_before_holidays() -> None:
    own = {
        date(2026, 2, 28): [(time(9), time(11))],  # an open Saturday
        date(2026, 5, 1): [(time(8), time(12))],  # an open holiday
        date(2026, 3, 2): [],  # a closed Monday
        date(2026, 3, 3): [(time(8), time(10))],  # a shorter day
    }
    office = WorkingCalendar("Europe/Paris", OFFICE.week, HOLIDAYS, own)
    assert _after("2026-02-27 10:00", office, working_days=1) == "2026-02-28 10:00"
    assert _after("2026-02-27 15:00", office, working_days=1) == "2026-02-28 11:00"
    assert _after("2026-02-27 15:00", office, working_hours=4) == "2026-03-03 09:00"
    assert office.is_working_day(date(2026, 5, 1))
    assert not office.is_working_day(date(2026, 3, 2))
    assert office.mark != OFFICE.mark
    assert OFFICE.mark == WorkingCalendar("Europe/Paris", dict.fromkeys(range(5), DAY), HOLIDAYS).mark


def test_midnight_belongs_to_the_next_day_and_closing_at_midnight_is_found_again() -> None:
    late = WorkingCalendar("Europe/Paris", {day: [(time(16), time())] for day in range(5)})
    assert _after("2026-02-28 00:00", late, working_days=1) == "2026-03-03 16:00"
    assert _before("2026-02-28 10:00", late, working_days=1) == "2026-02-27 00:00"  # Thursday's closing
    assert _after("2026-02-27 23:00", late, working_hours=1) == "2026-02-28 00:00"


def test_a_start_given_in_another_time_zone_counts_in_the_department() -> None:
    start = datetime(2026, 2, 26, 23, 0, tzinfo=UTC)
    due = OFFICE.add(start, Span(working_days=1))
    assert due == _at("2026-03-02 08:00")
    assert due.tzinfo is OFFICE.zone


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        OFFICE.add(datetime(2026, 2, 26), Span(working_days=1))  # noqa: DTZ001


def test_working_time_between() -> None:
    assert OFFICE.between(_at("2026-02-26 15:00"), _at("2026-02-27 09:00")) == timedelta(hours=2)
    assert OFFICE.between(_at("2026-02-27 09:00"), _at("2026-02-26 15:00")) == -timedelta(hours=2)
    assert OFFICE.between(_at("2026-02-27 16:00"), _at("2026-03-02 08:00")) == timedelta()
    assert OFFICE.between(_at("2026-02-26 12:10"), _at("2026-02-26 12:50")) == timedelta()


def test_working_days_between() -> None:
    friday, monday = _at("2026-02-27 15:00"), _at("2026-03-02 09:00")
    assert OFFICE.working_days_between(friday, monday) == 1
    assert OFFICE.working_days_between(monday, friday) == -1
    assert OFFICE.working_days_between(friday, friday) == 0
    assert OFFICE.working_days_between(date(2026, 4, 30), date(2026, 5, 4)) == 1


def test_shifting_days() -> None:
    assert OFFICE.shift_day(date(2026, 4, 30), 1) == date(2026, 5, 4)
    assert OFFICE.shift_day(date(2026, 5, 4), -1) == date(2026, 4, 30)
    assert OFFICE.shift_day(date(2026, 5, 2), 0) == date(2026, 5, 2)


def test_open_and_closed() -> None:
    assert OFFICE.is_open(_at("2026-02-26 08:00"))
    assert not OFFICE.is_open(_at("2026-02-26 12:00"))
    assert not OFFICE.is_open(_at("2026-02-28 10:00"))
    assert not OFFICE.is_open(_at("2026-05-01 10:00"))


def test_a_clock_that_stood_still_is_due_later_by_the_working_time_that_passed() -> None:
    due = _at("2026-03-05 15:00")
    # the citizen is asked on Tuesday, and answers after two weeks, on a Saturday: nine working days
    later = OFFICE.moved(due, _at("2026-03-03 15:00"), _at("2026-03-14 20:00"), working=True)
    assert later == _at("2026-03-17 16:00")


def test_a_clock_that_stood_still_when_late_stays_late() -> None:
    due = _at("2026-03-05 09:00")
    assert OFFICE.moved(due, _at("2026-03-05 10:00"), _at("2026-03-10 11:00"), working=True) == _at(
        "2026-03-10 10:00"
    )


def test_a_clock_of_calendar_time_stands_still_in_calendar_time() -> None:
    saturday = _at("2026-02-28 10:00")
    due = saturday + timedelta(hours=2)
    assert OFFICE.moved(due, saturday, _at("2026-03-01 10:00"), working=False) == _at("2026-03-01 12:00")


def test_a_pause_of_no_length_changes_nothing() -> None:
    due = OFFICE.add(_at("2026-02-28 10:00"), Span(working_days=1))
    assert due == _at("2026-03-03 08:00")  # at opening
    for at in ("2026-02-28 10:00", "2026-03-02 09:00", "2026-03-04 09:00"):
        assert OFFICE.moved(due, _at(at), _at(at), working=True) == due
    assert OFFICE.moved(due, _at("2026-02-28 10:00"), _at("2026-03-01 10:00"), working=True) == due


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001
    st.integers(0, 60 * 200),
)
def test_adding_working_time_and_measuring_it_agree(start: datetime, minutes: int) -> None:
    begin, length = start.replace(tzinfo=OFFICE.zone), timedelta(minutes=minutes)
    end = OFFICE.add_working_time(begin, length)
    assert OFFICE.between(begin, end) == length
    assert OFFICE.between(begin, OFFICE.moved(end, begin, begin, working=True)) == length


def test_ten_years_of_single_steps_do_not_drift() -> None:
    start = _at("2026-02-26 15:00")
    stepped = start
    for _ in range(2500):
        stepped = OFFICE.add(stepped, Span(working_days=1))
    assert stepped == OFFICE.add(start, Span(working_days=2500))
    assert f"{stepped:%H:%M}" == "15:00"
    assert OFFICE.working_days_between(start, stepped) == 2500


def test_ten_years_of_pauses_do_not_drift() -> None:
    at, due = _at("2026-03-03 11:17"), _at("2026-03-05 15:00")
    left = OFFICE.between(at, due)
    for _ in range(500):
        since, at = at, at + timedelta(days=7, minutes=13, microseconds=1)
        due = OFFICE.moved(due, since, at, working=True)
        assert OFFICE.between(at, due) == left


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ({}, "at least one opening time"),
        ({0: [], 1: []}, "at least one opening time"),
        ({0: [(time(8), time(8))]}, "must end after it starts"),
        ({0: [(time(12), time(8))]}, "must end after it starts"),
        ({0: [(time(8), time(12)), (time(11), time(16))]}, "must not overlap"),
        ({0: [(time(8), time()), (time(11), time(16))]}, "must not overlap"),
        ({7: DAY}, "0 (Monday) to 6 (Sunday)"),
        ({0: [(time(8, 0, 30), time(12))]}, "whole minutes"),
    ],
)
def test_a_week_that_cannot_be_worked_is_refused(week: dict[int, Any], sentence: str) -> None:
    with pytest.raises(CalendarRefused) as refused:
        WorkingCalendar("Europe/Paris", week)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(CalendarRefused, match="There is no time zone"):
        WorkingCalendar(zone, {0: DAY})


def test_a_calendar_without_an_open_day_is_refused_and_does_not_search_for_ever() -> None:
    mondays = frozenset(date(2026, 1, 5) + timedelta(weeks=n) for n in range(1000))
    closed = WorkingCalendar("Europe/Paris", {0: DAY}, mondays)
    with pytest.raises(CalendarRefused, match="no open day"):
        closed.add(_at("2026-02-26 15:00"), Span(working_days=1))


@pytest.mark.parametrize(
    "span",
    [
        {},
        {"days": 1, "hours": 1},
        {"days": 0},
        {"days": -1},
        {"working_days": 10_000},
        {"weeks": 1},
        {"days": "x"},
        {"days": True},
    ],
)
def test_a_span_has_one_unit_and_a_sensible_amount(span: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Span(**span)


def test_a_span_knows_its_unit() -> None:
    assert Span(working_days=5).is_working
    assert not Span(days=5).is_working
    assert (Span(months=3).unit, Span(months=3).amount) == ("months", 3)
    assert Span(years=1).model_dump(exclude_none=True) == {"years": 1}
