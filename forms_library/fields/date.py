"""A day, asked by three inputs."""

import datetime
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input, fieldset, text_input
from forms_library.days import Day, day_of
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import date_text
from forms_library.markup import Raw, escape
from forms_library.words import word

PARTS = ("day", "month", "year")
MISSING = {
    ("day",): Text({"en": "a day", "fr": "un jour", "ar": "اليوم"}),
    ("month",): Text({"en": "a month", "fr": "un mois", "ar": "الشهر"}),
    ("year",): Text({"en": "a year", "fr": "une année", "ar": "السنة"}),
    ("day", "month"): Text({"en": "a day and a month", "fr": "un jour et un mois", "ar": "اليوم والشهر"}),
    ("day", "year"): Text({"en": "a day and a year", "fr": "un jour et une année", "ar": "اليوم والسنة"}),
    ("month", "year"): Text({"en": "a month and a year", "fr": "un mois et une année", "ar": "الشهر والسنة"}),
}


class DateOptions(FieldOptions):
    """The first and the last day that may be given."""

    earliest: Day | None = Value(default=None, title="Not before", json_schema_extra=ui("day"))
    latest: Day | None = Value(default=None, title="Not after", json_schema_extra=ui("day"))
    birthday: bool = Value(
        default=False, title="The person's own date of birth", json_schema_extra=ui("toggle")
    )


@field_types.register
class Date(FieldType):
    """A day in three inputs, because people know dates and calendars only slow them down."""

    key: ClassVar[str] = "date"
    label: ClassVar[Text] = Text({"en": "Date", "fr": "Date", "ar": "تاريخ"})
    icon: ClassVar[str] = "calendar"
    Options = DateOptions
    options: DateOptions
    errors = {
        "incomplete": Text({
            "en": "{subject} must include {missing}",
            "fr": "{subject} doit comporter {missing}",
            "ar": "يجب أن يتضمن {subject} {missing}",
        }),
        "not_real": Text({
            "en": "{subject} must be a real date",
            "fr": "{subject} doit être une date réelle",
            "ar": "يجب أن يكون {subject} تاريخًا صحيحًا",
        }),
        "too_early": Text({
            "en": "{subject} must be {min} or later",
            "fr": "{subject} doit être le {min} ou après",
            "ar": "يجب أن يكون {subject} {min} أو بعده",
        }),
        "too_late": Text({
            "en": "{subject} must be {max} or earlier",
            "fr": "{subject} doit être le {max} ou avant",
            "ar": "يجب أن يكون {subject} {max} أو قبله",
        }),
    }  # fmt: skip
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
        given = raw if isinstance(raw, dict) else {}
        parts = [latin_digits(one_line(str(given.get(part, "")), part)) for part in PARTS]
        missing = tuple(part for part, text in zip(PARTS, parts, strict=True) if not text)
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise refuse("incomplete", missing[0], missing=MISSING[missing])
        return self._within_limits(real_day(*parts), reading).isoformat()

    def _within_limits(self, day: datetime.date, reading: Reading) -> datetime.date:
        earliest = day_of(self.options.earliest or "0001-01-01", reading.today, reading.calendar)
        latest = day_of(self.options.latest or "9999-12-31", reading.today, reading.calendar)
        if day < earliest:
            raise refuse("too_early", min=earliest)
        if day > latest:
            raise refuse("too_late", max=latest)
        return day

    def typed(self, answer: Any, language: str) -> Raw:
        """Day, month and year of a stored date."""
        if answer is None:
            return {}
        year, _, rest = str(answer).partition("-")
        month, _, day = rest.partition("-")
        return {"day": day.removeprefix("0"), "month": month.removeprefix("0"), "year": year}

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or PARTS[0])

    def markup(self, face: Face) -> str:
        """Three inputs in one group."""
        inputs = "".join(self._part(face, part) for part in PARTS)
        return fieldset(face, f'<div class="govuk-date-input" id="{face.key}">{inputs}</div>')

    def _part(self, face: Face, part: str) -> str:
        look = Input(
            width=4 if part == "year" else 2,
            inputmode="numeric",
            autocomplete=f"bday-{part}" if self.options.birthday else None,
            left_to_right=True,
            css=" govuk-date-input__input",
        )
        control = text_input(face, look, part=part, wrong=bool(face.sentences("") or face.sentences(part)))
        label = escape(word(part, face.language))
        return (
            '<div class="govuk-date-input__item"><div class="govuk-form-group">'
            f'<label class="govuk-label govuk-date-input__label" for="{face.id_of(part)}">{label}</label>'
            f"{control}</div></div>"
        )

    def text(self, answer: Any, language: str) -> str:
        """The day in full."""
        return date_text(datetime.date.fromisoformat(answer), language)

    def json_schema(self) -> dict[str, Any]:
        """A date as 2026-12-04."""
        return {"type": "string", "format": "date"}


def real_day(day: str, month: str, year: str) -> datetime.date:
    """The day of the calendar; refuses what no calendar has, and years that are not written in full."""
    numbers = [text for text in (day, month, year) if text.isascii() and text.isdigit()]
    if len(numbers) < len(PARTS) or len(year) != len("2027") or len(day) > 2 or len(month) > 2:
        raise refuse("not_real")
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise refuse("not_real") from None
