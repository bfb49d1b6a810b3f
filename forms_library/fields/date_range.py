"""A time between two days."""

import datetime
from random import Random
from typing import Any, ClassVar, Self

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library.complaints import AnswerRefused, Complaint, refuse
from forms_library.controls import Face, error, fieldset
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
from forms_library.field_type import FieldType, Reading, field_types, ui
from forms_library.localising import date_text
from forms_library.markup import Raw, escape
from forms_library.sentences import upper_first
from forms_library.words import word

ENDS = ("start", "end")
DAYS = {
    "start-day": "1",
    "start-month": "3",
    "start-year": "2027",
    "end-day": "4",
    "end-month": "3",
    "end-year": "2027",
}
NAMES = tuple(DAYS)


class DateRangeOptions(DayLimits):
    """The limits of both days, and how many days lie between them, both counted."""

    min_days: int = Value(default=1, ge=1, le=40_000, title="Fewest days", json_schema_extra=ui("number"))
    max_days: int | None = Value(
        default=None, ge=1, le=40_000, title="Most days", json_schema_extra=ui("number")
    )

    @model_validator(mode="after")
    def _fewest_below_most(self) -> Self:
        if self.max_days is not None and self.min_days > self.max_days:
            raise ValueError("The fewest days must not be above the most")
        return self


@field_types.register
class DateRange(FieldType):
    """From one day to another, both included."""

    key: ClassVar[str] = "date_range"
    label: ClassVar[Text] = Text({"en": "Date range", "fr": "Période", "ar": "فترة زمنية"})
    icon: ClassVar[str] = "calendar-range"
    Options = DateRangeOptions
    options: DateRangeOptions
    errors = {
        **DAY_ERRORS,
        "no_start": Text({
            "en": "{subject} must have a first day",
            "fr": "{subject} doit comporter un premier jour",
            "ar": "يجب أن يتضمن {subject} اليوم الأول",
        }),
        "no_end": Text({
            "en": "{subject} must have a last day",
            "fr": "{subject} doit comporter un dernier jour",
            "ar": "يجب أن يتضمن {subject} اليوم الأخير",
        }),
        "turned_round": Text({
            "en": "{subject} must end on {min} or later, the day on which it begins",
            "fr": "{subject} doit se terminer le {min} ou après, jour où elle commence",
            "ar": "يجب أن ينتهي {subject} في {min} أو بعده، وهو يوم بدايته",
        }),
        "too_short_time": Text({
            "en": "{subject} must be {min} days or more",
            "fr": "{subject} doit durer au moins {min} jours",
            "ar": "يجب ألا يقل {subject} عن {min} يومًا",
        }),
        "too_long_time": Text({
            "en": "{subject} must be {max} days or fewer",
            "fr": "{subject} doit durer {max} jours au plus",
            "ar": "يجب ألا يزيد {subject} عن {max} يومًا",
        }),
    }  # fmt: skip
    accepts = (
        ({}, DAYS, {"start": "2027-03-01", "end": "2027-03-04"}),
        ({"max_days": 4}, DAYS, {"start": "2027-03-01", "end": "2027-03-04"}),
        ({}, {}, None),
    )
    rejects = (
        ({}, {**DAYS, "start-month": ""}, "incomplete"),
        ({}, {**DAYS, "end-day": "32"}, "not_real"),
        ({}, {**DAYS, "end-day": "", "end-month": "", "end-year": ""}, "no_end"),
        ({}, {**DAYS, "start-day": "", "start-month": "", "start-year": ""}, "no_start"),
        ({}, {**DAYS, "end-year": "2026"}, "turned_round"),
        ({"max_days": 3}, DAYS, "too_long_time"),
        ({"min_days": 5}, DAYS, "too_short_time"),
        ({"earliest": "2027-03-02"}, DAYS, "too_early"),
        ({"latest": "2027-03-02"}, DAYS, "too_late"),
    )

    @property
    def kind(self) -> Kind:
        """A group of two days."""
        return Group({"start": "date", "end": "date"})

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """The parts of both days as they were typed."""
        return {name: data.get(f"{self.field.key}-{name}") or "" for name in NAMES}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, str] | None:
        """Both days; what is wrong with either is said at once."""
        found: dict[str, datetime.date | None] = {}
        wrong: list[Complaint] = []
        for end in ENDS:
            try:
                found[end] = self._end(raw, end, reading)
            except AnswerRefused as refused:
                wrong += refused.complaints
        if wrong:
            raise AnswerRefused(*wrong)
        first, last = found["start"], found["end"]
        if first is None and last is None:
            return None
        if first is None or last is None:
            part = "start" if first is None else "end"
            raise refuse(f"no_{part}", part)
        self._long_enough(first, last)
        return {"start": first.isoformat(), "end": last.isoformat()}

    def _end(self, raw: Raw, end: str, reading: Reading) -> datetime.date | None:
        day = day_from(raw, f"{end}-")
        return within(day, self.options.earliest, self.options.latest, reading, end) if day else None

    def _long_enough(self, start: datetime.date, end: datetime.date) -> None:
        days = (end - start).days + 1
        if days < 1:
            raise refuse("turned_round", "end", min=start)
        if days < self.options.min_days:
            raise refuse("too_short_time", "end", min=self.options.min_days)
        if self.options.max_days and days > self.options.max_days:
            raise refuse("too_long_time", "end", max=self.options.max_days)

    def sentence(self, complaint: Complaint, language: str) -> str:
        """What is wrong, with the end that it is about where the sentence does not say it."""
        said = super().sentence(complaint, language)
        end = complaint.part.partition("-")[0]
        named = end in ENDS and complaint.code in DAY_ERRORS
        return f"{word(end, language)}: {said}" if named else said

    def typed(self, answer: Any, language: str) -> Raw:
        """The parts of both stored days."""
        days = answer if isinstance(answer, dict) else {}
        return {name: text for end in ENDS for name, text in parts_of(days.get(end), f"{end}-").items()}

    def example(self, random: Random) -> Raw:
        """A time between the limits."""
        start = some_day(random, self.options.earliest, self.options.latest)
        end = start + datetime.timedelta(days=self.options.min_days - 1)
        return {**parts_of(start.isoformat(), "start-"), **parts_of(end.isoformat(), "end-")}

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """An end that is missing, incomplete or before the start, and days beyond the limits."""
        start = some_day(Random(0), self.options.earliest, self.options.latest)  # noqa: S311  no secret
        end = start + datetime.timedelta(days=self.options.min_days - 1)
        whole = self.typed({"start": start.isoformat(), "end": end.isoformat()}, "en")
        if not isinstance(whole, dict):
            return ()
        beyond = days_refused(self.options.earliest, self.options.latest)
        empty = dict.fromkeys(parts_of("2027-01-01", "end-"), "")
        return (
            ({**whole, **empty}, "no_end"),
            ({**whole, "end-month": ""}, "incomplete"),
            ({**whole, "start-day": "32"}, "not_real"),
            *(({**whole, **parts_of(day.isoformat(), "start-")}, code) for day, code in beyond),
        )

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(f"{part or ENDS[0]}-day" if part in ("", *ENDS) else part)

    def markup(self, face: Face) -> str:
        """Two groups of three inputs, each with its own legend and error."""
        return fieldset(face, "".join(self._day(face, end) for end in ENDS), parts_show_errors=True)

    def _day(self, face: Face, end: str) -> str:
        about = {part for part, _ in face.errors if part == end or part.startswith(f"{end}-")}
        errors = "".join(error(face, part, f"{part}-error") for part in sorted(about))
        described = " ".join(f"{face.key}-{part}-error" for part in sorted(about))
        inputs = day_inputs(face, prefix=f"{end}-", wrong=bool(face.sentences("") or face.sentences(end)))
        wrong = " govuk-form-group--error" if about else ""
        says = f' aria-describedby="{described}"' if described else ""
        legend = (
            f'<legend class="govuk-fieldset__legend">{escape(upper_first(word(end, face.language)))}</legend>'
        )
        return (
            f'<div class="govuk-form-group{wrong}"><fieldset class="govuk-fieldset"{says}>'
            f"{legend}{errors}{inputs}</fieldset></div>"
        )

    def text(self, answer: Any, language: str) -> str:
        """Both days in full, each with its word."""
        days = {end: date_text(datetime.date.fromisoformat(answer[end]), language) for end in ENDS}
        return "\n".join(f"{word(end, language)} {day}" for end, day in days.items())

    def export(self, answer: Any) -> dict[str, Any]:
        """A column for each day."""
        return {f"{self.field.key}_{end}": (answer or {}).get(end) for end in ENDS}

    def json_schema(self) -> dict[str, Any]:
        """An object of two dates."""
        return {
            "type": "object",
            "properties": {end: {"type": "string", "format": "date"} for end in ENDS},
            "required": list(ENDS),
            "additionalProperties": False,
        }
