"""A day in the settings of a form: fixed, or counted from today."""

import re
from datetime import date, time, timedelta
from typing import Annotated

from pydantic import AfterValidator

from engine.core.worktime import WorkingCalendar

RELATIVE = re.compile(r"today(?:([+-])([0-9]{1,4})([dmyw]))?")
# Where no department's calendar is given, Monday to Friday are working days.
WEEKDAYS = WorkingCalendar("UTC", {day: [(time(9), time(17))] for day in range(5)})


def _understood(text: str) -> str:
    if not RELATIVE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError(
                'This must be a date like 2027-03-27, or "today", "today+10d" (days), '
                '"today+10w" (working days), "today-18y"'
            ) from None
    return text


Day = Annotated[str, AfterValidator(_understood)]


def day_of(text: str, today: date, calendar: WorkingCalendar | None = None) -> date:
    """The day that the text means; d, w, m, y are days, working days, months and years from today."""
    found = RELATIVE.fullmatch(text)
    if not found:
        return date.fromisoformat(text)
    sign, count, unit = found.groups()
    if not sign:
        return today
    steps = int(count) if sign == "+" else -int(count)
    if unit == "w":
        return (calendar or WEEKDAYS).shift_day(today, steps)
    return _moved(today, steps, unit)


def _moved(day: date, steps: int, unit: str) -> date:
    try:
        return (
            day + timedelta(days=steps)
            if unit == "d"
            else _months_later(day, steps * (12 if unit == "y" else 1))
        )
    except (OverflowError, ValueError):
        return date.max if steps > 0 else date.min


def _months_later(day: date, months: int) -> date:
    """The same day of another month; the last day of it where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                if not date.min.year <= year <= date.max.year:
                    raise
    raise ValueError(day)
