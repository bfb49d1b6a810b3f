"""Dates as people of each language write them."""

from datetime import UTC, date, datetime

import pytest

from portal.shell import dates


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "4 December 2026"),
        ("fr", "4 décembre 2026"),
        ("ar", "4 ديسمبر 2026"),
        ("xx", "4 December 2026"),
    ],
)
def test_a_long_date_in_each_language(language: str, written: str) -> None:
    assert dates.long_date(date(2026, 12, 4), language=language) == written


def test_a_short_date_for_tables() -> None:
    assert dates.short_date(date(2026, 12, 4), language="en") == "4 Dec"


def test_a_moment_is_shown_on_the_clock_of_its_place() -> None:
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert dates.date_time(late, "Asia/Dubai", "en") == "23 November 2026, 02:30"
    assert dates.clock(late, "Asia/Dubai", "en") == "02:30"
