"""Chips say with words what their colour says."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from portal.clerk.templatetags.clerk import due_chip, due_words, long_due_words, state_chip
from workflows.selectors.due import DueChip

AT = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "short", "long"),
    [
        (DueChip("late", AT, 2), "2 days late", "2 days late"),
        (DueChip("late", AT, 0), "1 day late", "1 day late"),
        (DueChip("today", AT), "Due today 16:00", "Due today 16:00"),
        (DueChip("tomorrow", AT, 1), "Tomorrow", "Due tomorrow"),
        (DueChip("later", AT, 6), "4 Dec", "Due 4 Dec, 6 working days"),
        (DueChip("later", AT, 60), "4 Dec", "Due 4 Dec"),
        (DueChip("paused", AT), "Paused", "Paused"),
    ],
)
def test_a_due_time_in_words(due: DueChip, short: str, long: str) -> None:
    with override("en"):
        assert (due_words(due), long_due_words(due)) == (short, long)
        assert short in due_chip(due)


def test_without_a_due_time_a_table_shows_a_line_and_a_case_nothing() -> None:
    assert (due_chip(DueChip("none")), due_chip(DueChip("none"), long=True)) == ("—", "")


def test_staff_read_the_other_side_of_waiting_for_you() -> None:
    with override("en"):
        assert "Waiting for applicant" in state_chip("waiting_for_you")
        assert "Approved" in state_chip("approved")
