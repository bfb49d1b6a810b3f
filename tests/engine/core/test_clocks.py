"""Clocks that stand still now and then."""

from datetime import datetime, time, timedelta

from engine.core.clocks import Stop, due_after, merged, stood
from engine.core.worktime import Span, WorkingCalendar

OFFICE = WorkingCalendar("Europe/Paris", {day: [(time(8), time(16))] for day in range(5)})


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE.zone)


START = _at("2026-03-03 10:00")


def test_a_clock_without_stops_is_due_after_its_span() -> None:
    assert due_after(OFFICE, Span(working_days=10), START, []) == _at("2026-03-17 10:00")


def test_four_days_stopped_make_it_due_four_working_days_later() -> None:
    stops = [Stop(_at("2026-03-05 10:00"), _at("2026-03-11 10:00"))]
    assert due_after(OFFICE, Span(working_days=10), START, stops) == _at("2026-03-23 10:00")
    assert stood(OFFICE, START, stops, _at("2026-04-01 10:00"), working=True) == timedelta(hours=32)


def test_a_stop_inside_another_counts_once() -> None:
    outer, inner = (
        Stop(_at("2026-03-05 10:00"), _at("2026-03-11 10:00")),
        Stop(_at("2026-03-06 10:00"), _at("2026-03-10 10:00")),
    )
    assert merged([inner, outer], START) == [outer]
    assert due_after(OFFICE, Span(days=10), START, [inner, outer]) == _at("2026-03-19 10:00")


def test_a_stop_that_outlasts_another_goes_on_from_it() -> None:
    first, second = (
        Stop(_at("2026-03-05 10:00"), _at("2026-03-09 10:00")),
        Stop(_at("2026-03-06 10:00"), _at("2026-03-11 10:00")),
    )
    assert merged([first, second], START) == [Stop(first.since, second.until)]


def test_stops_before_the_start_do_not_count_and_one_over_it_counts_from_it() -> None:
    before = Stop(_at("2026-03-01 10:00"), START)
    over = Stop(_at("2026-03-01 10:00"), _at("2026-03-04 10:00"))
    assert merged([before], START) == []
    assert merged([over], START) == [Stop(START, over.until)]


def test_a_clock_that_stands_still_keeps_the_due_time_that_it_had() -> None:
    stops = [Stop(_at("2026-03-05 10:00")), Stop(_at("2026-03-06 10:00"), _at("2026-03-09 10:00"))]
    assert due_after(OFFICE, Span(working_days=10), START, stops) == _at("2026-03-17 10:00")
    assert stood(OFFICE, START, stops, _at("2026-03-09 12:00"), working=True) == timedelta(hours=18)
