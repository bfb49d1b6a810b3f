"""A day, asked by three inputs."""

import datetime
from random import Random
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.controls import Face, fieldset
from forms_library.day_inputs import (
    DAY_ERRORS,
    PARTS,
    day_from,
    day_inputs,
    days_refused,
    parts_of,
    some_day,
    within,
)
from forms_library.day_limits import DayLimits
from forms_library.field_type import FieldType, Reading, field_types, ui
from forms_library.localising import date_text
from forms_library.markup import Raw


class DateOptions(DayLimits):
    """The first and the last day that may be given."""

    birthday: bool = Value(
        default=False, title="The person's own date of birth", json_schema_extra=ui("toggle")
    )


@field_types.register
class Date(FieldType):
    """A day in three inputs, because people know dates and calendars only slow them down."""

    key: ClassVar[str] = "date"
    label: ClassVar[Text] = Text({"en": "Date", "fr": "Date", "ar": "تاريخ"})
    icon: ClassVar[str] = "calendar"
    common = 6
    Options = DateOptions
    options: DateOptions
    errors = DAY_ERRORS
    accepts = (
        ({}, {"day": "4", "month": "12", "year": "2026"}, "2026-12-04"),
        ({}, {"day": " 04 ", "month": "٢", "year": "1988"}, "1988-02-04"),
        ({}, {"day": "", "month": " ", "year": ""}, None),
        ({}, {}, None),
    )
    rejects = (
        ({}, {"day": "14", "month": "", "year": "2027"}, "incomplete"),
        ({}, {"day": "31", "month": "2", "year": "2027"}, "not_real"),
        ({}, {"day": "1", "month": "1", "year": "27"}, "not_real"),
        ({}, {"day": "1", "month": "Jan", "year": "2027"}, "not_real"),
        ({"earliest": "2027-01-02"}, {"day": "1", "month": "1", "year": "2027"}, "too_early"),
        ({"latest": "today"}, {"day": "1", "month": "1", "year": "9999"}, "too_late"),
    )

    @property
    def kind(self) -> Kind:
        """A day."""
        return "date"

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """Day, month and year as they were typed."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in PARTS}

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The day as 2026-12-04."""
        day = day_from(raw)
        if day is None:
            return None
        return within(day, self.options.earliest, self.options.latest, reading).isoformat()

    def typed(self, answer: Any, language: str) -> Raw:
        """Day, month and year of a stored date."""
        return parts_of(answer)

    def example(self, random: Random) -> Raw:
        """A day between the limits."""
        return parts_of(some_day(random, self.options.earliest, self.options.latest).isoformat())

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """A day that is not complete, days that no calendar has, and days beyond the limits."""
        beyond = days_refused(self.options.earliest, self.options.latest)
        return (
            ({"day": "14", "month": "", "year": "2027"}, "incomplete"),
            ({"day": "31", "month": "2", "year": "2027"}, "not_real"),
            ({"day": "1", "month": "1", "year": "27"}, "not_real"),
            ({"day": "1", "month": "Jan", "year": "2027"}, "not_real"),
            *((parts_of(day.isoformat()), code) for day, code in beyond),
        )

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or PARTS[0])

    def markup(self, face: Face) -> str:
        """Three inputs in one group."""
        autocomplete = "bday" if self.options.birthday else ""
        return fieldset(face, day_inputs(face, autocomplete=autocomplete, wrong=bool(face.sentences(""))))

    def text(self, answer: Any, language: str) -> str:
        """The day in full."""
        return date_text(datetime.date.fromisoformat(answer), language)

    def json_schema(self) -> dict[str, Any]:
        """A date as 2026-12-04."""
        return {"type": "string", "format": "date"}
