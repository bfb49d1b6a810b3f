"""A month, asked by two inputs."""

import datetime
from random import Random
from typing import Any, ClassVar

from babel.dates import format_skeleton
from django.utils.datastructures import MultiValueDict

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.controls import Face, fieldset
from forms_library.day_inputs import (
    DAY_ERRORS,
    day_from,
    day_inputs,
    days_refused,
    parts_of,
    some_day,
    within,
)
from forms_library.day_limits import DayLimits
from forms_library.field_type import FieldType, Reading, field_types
from forms_library.localising import locale_of
from forms_library.markup import Raw

PARTS = ("month", "year")


class MonthYearOptions(DayLimits):
    """The first and the last month that may be given, each by one of its days."""

    def counted(self, day: datetime.date) -> datetime.date:
        """Its month."""
        return day.replace(day=1)


@field_types.register
class MonthYear(FieldType):
    """A month of a year. It is stored as its first day, so that rules can compare it with dates."""

    key: ClassVar[str] = "month_year"
    label: ClassVar[Text] = Text({"en": "Month and year", "fr": "Mois et année", "ar": "شهر وسنة"})
    icon: ClassVar[str] = "calendar-days"
    Options = MonthYearOptions
    options: MonthYearOptions
    errors = DAY_ERRORS
    accepts = (
        ({}, {"month": "4", "year": "2026"}, "2026-04-01"),
        ({}, {"month": "٠٤", "year": "1988"}, "1988-04-01"),
        ({}, {}, None),
        ({"earliest": "2026-04-20"}, {"month": "4", "year": "2026"}, "2026-04-01"),
    )
    rejects = (
        ({}, {"month": "", "year": "2027"}, "incomplete"),
        ({}, {"month": "13", "year": "2027"}, "not_real"),
        ({"earliest": "2027-02-02"}, {"month": "1", "year": "2027"}, "too_early"),
        ({"latest": "today"}, {"month": "1", "year": "9999"}, "too_late"),
    )

    @property
    def kind(self) -> Kind:
        """The first day of the month."""
        return "date"

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """Month and year as they were typed."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in PARTS}

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The first day of the month; a month counts when one of its days lies between the limits."""
        day = day_from(raw, parts=PARTS)
        if day is None:
            return None
        within(day, None, self.options.latest, reading)
        within(_last_of(day), self.options.earliest, None, reading)
        return day.isoformat()

    def typed(self, answer: Any, language: str) -> Raw:
        """Month and year of what is stored."""
        return parts_of(answer, parts=PARTS)

    def example(self, random: Random) -> Raw:
        """A month between the limits."""
        day = some_day(random, self.options.earliest, self.options.latest)
        return parts_of(day.isoformat(), parts=PARTS)

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """A month without a year, one that no year has, and months beyond the limits."""
        beyond = days_refused(self.options.earliest, self.options.latest)
        return (
            ({"month": "", "year": "2027"}, "incomplete"),
            ({"month": "13", "year": "2027"}, "not_real"),
            *((parts_of(day.isoformat(), parts=PARTS), code) for day, code in beyond),
        )

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or PARTS[0])

    def markup(self, face: Face) -> str:
        """Two inputs in one group."""
        return fieldset(face, day_inputs(face, parts=PARTS, wrong=bool(face.sentences(""))))

    def text(self, answer: Any, language: str) -> str:
        """The month in words and the year."""
        day = datetime.date.fromisoformat(answer)
        return str(format_skeleton("yMMMM", day, locale=locale_of(language)))

    def export(self, answer: Any) -> dict[str, Any]:
        """The month as 2026-04."""
        return {self.field.key: str(answer)[: len("2026-04")] if answer else None}

    def json_schema(self) -> dict[str, Any]:
        """The first day of a month."""
        return {"type": "string", "format": "date", "pattern": "-01$"}


def _last_of(day: datetime.date) -> datetime.date:
    later = day.replace(day=28)
    try:
        return (later + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    except OverflowError:
        return datetime.date.max
