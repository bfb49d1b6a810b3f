"""A rule of the calendar: every working day, every Monday, the last day of each month, at one hour."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from engine.core.worktime import WorkingCalendar
from workflows.parts import Part

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
LONGEST_SEARCH = 366 * 9  # 29 February can be eight years away
MOST_MOVED = 31  # days by which a closed day can move an occurrence
DAY = timedelta(days=1)
NEEDS = {"day": (), "working_day": (), "week": ("on",), "month": ("day",), "year": ("day", "month")}


class Recurrence(Part):
    """When something comes round again; days and hours are those of the department.

    A day of the month that a month does not have is its last day. `when_closed` says what happens on a day on
    which the department is closed.
    """

    every: Literal["day", "working_day", "week", "month", "year"]
    on: list[Weekday] = Field(default_factory=list, max_length=7)
    day: Annotated[int, Field(strict=True, ge=1, le=31)] | None = None
    month: Annotated[int, Field(strict=True, ge=1, le=12)] | None = None
    at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "08:00"
    when_closed: Literal["same_day", "next_working_day", "working_day_before", "skip"] = "same_day"

    @model_validator(mode="after")
    def _what_it_needs(self) -> Self:
        given = {name for name in ("on", "day", "month") if getattr(self, name)}
        if given != set(NEEDS[self.every]):
            words = {
                "week": "on which days of the week (on)",
                "month": "on which day (day)",
                "year": "on which day (day) of which month (month)",
            }
            raise ValueError(
                f"For every {self.every} say {words.get(self.every, 'no day')} and nothing else."
            )
        return self

    def next_after(self, moment: datetime, calendar: WorkingCalendar) -> datetime | None:
        """The first occurrence after a moment; None if there is none in nine years."""
        day = moment.astimezone(calendar.zone).date() - MOST_MOVED * DAY
        found: list[datetime] = []
        for _ in range(LONGEST_SEARCH):
            occurrence = self._occurrence(day, calendar)
            if occurrence is not None and occurrence > moment:
                found.append(occurrence)
            if found and datetime.combine(day, time(), UTC) > min(found) + MOST_MOVED * DAY:
                break
            day += DAY
        return min(found, default=None)

    def comes_at(self, moment: datetime, calendar: WorkingCalendar) -> bool:
        """Whether a moment is an occurrence by the calendar as it is now."""
        return self.next_after(moment - timedelta(microseconds=1), calendar) == moment

    def _occurrence(self, day: date, calendar: WorkingCalendar) -> datetime | None:
        if not self._falls_on(day, calendar):
            return None
        if not calendar.is_working_day(day) and self.when_closed != "same_day":
            if self.when_closed == "skip":
                return None
            day = calendar.shift_day(day, 1 if self.when_closed == "next_working_day" else -1)
        # two local times are never equal in the hour that the change of clocks leaves out
        return datetime.combine(day, time.fromisoformat(self.at), calendar.zone).astimezone(UTC)

    def _falls_on(self, day: date, calendar: WorkingCalendar) -> bool:
        match self.every:
            case "day":
                return True
            case "working_day":
                return calendar.is_working_day(day)
            case "week":
                return WEEKDAYS[day.weekday()] in self.on
        last = monthrange(day.year, day.month)[1]
        right_month = self.every == "month" or day.month == self.month
        return right_month and day.day == min(self.day or 1, last)
