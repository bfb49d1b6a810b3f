"""The working calendar of a department: its week, public holidays and own days."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import holidays
from django.utils import timezone

from engine.core.opening import Interval
from engine.core.worktime import WorkingCalendar
from engine.departments.models import Department
from engine.departments.validation import own_day_from, week_from

YEARS_BACK, YEARS_AHEAD = 5, 11


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not as its day of the week: a public holiday, or one of the department's own."""

    day: date
    name: str
    hours: tuple[Interval, ...]
    is_own: bool


def calendar(department: Department) -> WorkingCalendar:
    """The calendar by which the department's deadlines run."""
    return WorkingCalendar(
        department.time_zone,
        week_from(department.week),
        public_holidays(department.holiday_country, timezone.now().year),
        dict(own_day_from(each) for each in department.own_days),
    )


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country ("PT") or region ("DE-BY") in the years around this one."""
    return frozenset(_known(country, range(year - YEARS_BACK, year + YEARS_AHEAD)))


def special_days(department: Department, first: date, last: date, language: str = "") -> list[SpecialDay]:
    """The holidays and own days of a time, first and last day included, in order."""
    names = _known(department.holiday_country, range(first.year, last.year + 1), language)
    found = {day: SpecialDay(day, name, (), is_own=False) for day, name in names.items()}
    for own in department.own_days:
        day, hours = own_day_from(own)
        found[day] = SpecialDay(day, own.get("name", ""), hours, is_own=True)
    return [found[day] for day in sorted(found) if first <= day <= last]


def _known(country: str, years: range, language: str = "") -> dict[date, str]:
    """Holidays with their names, in this language, else in English, else in the country's own."""
    if not country:
        return {}
    name, _, region = country.partition("-")
    spoken = _spoken(name, language)
    found: Any = holidays.country_holidays(name, subdiv=region or None, years=years, language=spoken)
    return dict(found)


@lru_cache(maxsize=1024)
def _spoken(country: str, language: str) -> str | None:
    known: dict[str, list[str]] = holidays.list_localized_countries(include_aliases=False)
    wanted = (language.split("-")[0], "en")
    return next((tag for one in wanted for tag in known.get(country, []) if tag.split("_")[0] == one), None)
