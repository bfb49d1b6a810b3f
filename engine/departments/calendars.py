"""The working calendar of a department: its week, public holidays and own closed days."""

from datetime import date
from functools import lru_cache
from typing import Any

import holidays
from django.utils import timezone

from engine.core.worktime import WorkingCalendar
from engine.departments.models import Department
from engine.departments.validation import week_from

YEARS_BACK, YEARS_AHEAD = 5, 11


def calendar(department: Department) -> WorkingCalendar:
    """The calendar by which the department's deadlines run."""
    closed = {date.fromisoformat(day) for day in department.own_holidays}
    return WorkingCalendar(
        department.time_zone,
        week_from(department.week),
        public_holidays(department.holiday_country, timezone.now().year) | closed,
    )


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country ("PT") or region ("DE-BY") in the years around this one."""
    if not country:
        return frozenset()
    name, _, region = country.partition("-")
    years = range(year - YEARS_BACK, year + YEARS_AHEAD)
    known: Any = holidays.country_holidays(name, subdiv=region or None, years=years)
    return frozenset(known)
