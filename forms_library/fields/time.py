"""A time of day."""

import datetime
import re
from random import Random
from typing import Annotated, Any, ClassVar

from babel.dates import format_time
from pydantic import Field as Value
from pydantic import StringConstraints

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.localising import locale_of
from forms_library.markup import Raw

STORED = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
TYPED = re.compile(
    r"([0-9]{1,2})(?:\s?[:.h٫,]\s?([0-9]{2})|\s?h)?\s?(am|pm|a\.m\.|p\.m\.|ص|م)?", re.IGNORECASE
)
NAMED = {"midday": "12:00", "noon": "12:00", "midnight": "00:00", "midi": "12:00", "minuit": "00:00"}
AFTERNOON = ("p", "م")
ClockTime = Annotated[str, StringConstraints(pattern=STORED)]


class TimeOptions(FieldOptions):
    """The first and the last time that may be given."""

    limits: ClassVar[tuple[str, str]] = ("earliest", "latest")
    earliest: ClockTime | None = Value(default=None, title="Not before", json_schema_extra=ui("time"))
    latest: ClockTime | None = Value(default=None, title="Not after", json_schema_extra=ui("time"))


@field_types.register
class Time(FieldType):
    """A time on the clock, typed as people write it and stored as 16:30."""

    key: ClassVar[str] = "time"
    label: ClassVar[Text] = Text({"en": "Time", "fr": "Heure", "ar": "وقت"})
    icon: ClassVar[str] = "clock"
    Options = TimeOptions
    options: TimeOptions
    errors = {
        "format": Text({
            "en": "Enter a time, like 9:30am or 16:30",
            "fr": "Saisissez une heure, par exemple 9:30 ou 16:30",
            "ar": "أدخل وقتًا، مثل 9:30 أو 16:30",
        }),
        "too_early": Text({
            "en": "{subject} must be {min} or later",
            "fr": "{subject} doit être {min} ou après",
            "ar": "يجب أن يكون {subject} {min} أو بعده",
        }),
        "too_late": Text({
            "en": "{subject} must be {max} or earlier",
            "fr": "{subject} doit être {max} ou avant",
            "ar": "يجب أن يكون {subject} {max} أو قبله",
        }),
    }  # fmt: skip
    accepts = (
        ({}, "16:30", "16:30"),
        ({}, "4.30 PM", "16:30"),
        ({}, "12am", "00:00"),
        ({}, "9h", "09:00"),
        ({}, "٩:٣٠ ص", "09:30"),
        ({}, "midday", "12:00"),
        ({}, "", None),
    )
    rejects = (
        ({}, "25:00", "format"),
        ({}, "half past four", "format"),
        ({}, "13pm", "format"),
        ({}, "9:60", "format"),
        ({"earliest": "08:00"}, "7:59", "too_early"),
        ({"latest": "18:00"}, "6:01pm", "too_late"),
    )

    @property
    def kind(self) -> Kind:
        """Text; times written as 16:30 compare as they follow each other."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The time as 16:30."""
        text = latin_digits(one_line(as_line(raw)))
        if not text:
            return None
        time = NAMED.get(text.casefold()) or _clock(text)
        if self.options.earliest and time < self.options.earliest:
            raise refuse("too_early", min=self.options.earliest)
        if self.options.latest and time > self.options.latest:
            raise refuse("too_late", max=self.options.latest)
        return time

    def example(self, random: Random) -> Raw:
        """A time between the limits."""
        first, last = _minutes(self.options.earliest or "00:00"), _minutes(self.options.latest or "23:59")
        hour, minute = divmod(random.randint(first, max(first, last)), 60)
        return f"{hour:02}:{minute:02}"

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """No time, and times beyond the limits."""
        early, late = self.options.earliest, self.options.latest
        return (
            ("25:00", "format"),
            ("half past four", "format"),
            *((("00:00", "too_early"),) if early and early > "00:00" else ()),
            *((("23:59", "too_late"),) if late and late < "23:59" else ()),
        )

    def markup(self, face: Face) -> str:
        """One short input."""
        return one_line_control(face, Input(width=10, autocomplete="off", left_to_right=True))

    def text(self, answer: Any, language: str) -> str:
        """The time as the readers of the language write it."""
        hour, minute = divmod(_minutes(answer), 60)
        return str(format_time(datetime.time(hour, minute), "short", locale=locale_of(language)))

    def json_schema(self) -> dict[str, Any]:
        """Hours and minutes."""
        return {"type": "string", "pattern": STORED}


def _minutes(time: str) -> int:
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)


def _clock(text: str) -> str:
    found = TYPED.fullmatch(text)
    if not found:
        raise refuse("format")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    # A bare number is no time: "9" may be a mistake for anything.
    if found[0].isdigit() or minute > 59 or hour > (12 if half else 23) or (half and not hour):
        raise refuse("format")
    if half:
        hour = hour % 12 + (12 if half.startswith(AFTERNOON) else 0)
    return f"{hour:02}:{minute:02}"
