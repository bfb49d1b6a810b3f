"""Due chips, in the working days of a department."""

from datetime import UTC, datetime, time, timedelta

import pytest

from engine.core.worktime import WorkingCalendar
from workflows.selectors.due import FAR, due_chip

CALENDAR = WorkingCalendar("Europe/Lisbon", {day: [(time(8), time(16))] for day in range(5)})
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("due", "kind", "days"),
    [
        (NOW - timedelta(days=3), "late", 3),
        (NOW - timedelta(days=5), "late", 4),
        (NOW - timedelta(minutes=1), "late", 0),
        (NOW + timedelta(hours=6), "today", 0),
        (NOW + timedelta(days=1), "tomorrow", 1),
        (NOW + timedelta(days=4), "soon", 2),
        (NOW + timedelta(days=7), "later", 5),
        (NOW + timedelta(days=900), "later", FAR),
        (None, "none", 0),
    ],
)
def test_a_chip_says_how_urgent_it_is(due: datetime | None, kind: str, days: int) -> None:
    chip = due_chip(due, CALENDAR, now=NOW)
    assert (chip.kind, chip.days) == (kind, days)


def test_a_stopped_clock_is_never_late() -> None:
    assert due_chip(NOW - timedelta(days=9), CALENDAR, paused=True, now=NOW).kind == "paused"
