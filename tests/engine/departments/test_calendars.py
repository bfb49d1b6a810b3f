"""The working calendar of a department."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.core.worktime import Span
from engine.departments.calendars import calendar, public_holidays, special_days
from engine.departments.models import Department


def test_weekends_public_holidays_and_own_days_are_closed(licensing: Department) -> None:
    licensing.holiday_country = "PT"
    licensing.own_days = [
        {"day": "2026-12-24", "name": "Christmas Eve", "open": []},
        {"day": "2026-12-19", "name": "Late applications", "open": [["09:00", "12:00"]]},
    ]
    licensing.save()
    found = calendar(licensing)
    closed = [day for day in range(1, 32) if not found.is_working_day(date(2026, 12, day))]
    weekends = {5, 6, 12, 13, 20, 26, 27}
    assert set(closed) == weekends | {1, 8, 25, 24}


def test_special_days_are_listed_with_their_names_in_the_language_of_the_reader(
    licensing: Department,
) -> None:
    licensing.holiday_country = "PT"
    licensing.own_days = [
        {"day": "2026-12-24", "name": "Christmas Eve", "open": []},
        {"day": "2026-12-25", "name": "Emergency office", "open": [["09:00", "12:00"]]},
    ]
    found = special_days(licensing, date(2026, 12, 1), date(2027, 1, 1), "pt")
    assert [(each.day.day, each.name, bool(each.hours), each.is_own) for each in found] == [
        (1, "Restauração da Independência", False, False),
        (8, "Imaculada Conceição", False, False),
        (24, "Christmas Eve", False, True),
        (25, "Emergency office", True, True),
        (1, "Ano Novo", False, False),
    ]
    assert special_days(licensing, date(2026, 12, 1), date(2026, 12, 1), "xx")[0].name.startswith(
        "Restoration"
    )
    licensing.holiday_country = ""
    assert len(special_days(licensing, date(2026, 12, 1), date(2027, 1, 1))) == 2


def test_five_working_days_go_round_the_weekend(licensing: Department) -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    due = calendar(licensing).add(datetime(2026, 11, 26, 15, tzinfo=lisbon), Span(working_days=4))
    assert due == datetime(2026, 12, 2, 15, tzinfo=lisbon)


def test_regions_have_their_own_holidays() -> None:
    epiphany = date(2027, 1, 6)
    assert epiphany in public_holidays("DE-BY", 2026)
    assert epiphany not in public_holidays("DE", 2026)
    assert public_holidays("", 2026) == frozenset()
