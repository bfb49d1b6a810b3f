"""Day, month and year in inputs of their own: their HTML, and the day of the calendar that they mean."""

import datetime
from collections.abc import Mapping, Sequence
from random import Random

from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input, text_input
from forms_library.days import day_of
from forms_library.field_type import Reading
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
DAY_ERRORS = {
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
# Of a limit that is counted from today, examples keep so many days away: walks may be read on another day.
FAR = 365


def typed_parts(raw: Raw, parts: Sequence[str], prefix: str = "") -> list[str]:
    """What was typed in each part, with plain digits."""
    given: Mapping[str, object] = raw if isinstance(raw, dict) else {}
    names = [prefix + part for part in parts]
    return [latin_digits(one_line(str(given.get(name, "")), name)) for name in names]


def day_from(raw: Raw, prefix: str = "", parts: Sequence[str] = PARTS) -> datetime.date | None:
    """The day that was typed, None when nothing was; without an input for the day, the first of the month."""
    texts = typed_parts(raw, parts, prefix)
    missing = tuple(part for part, text in zip(parts, texts, strict=True) if not text)
    if len(missing) == len(parts):
        return None
    if missing:
        raise refuse("incomplete", prefix + missing[0], missing=MISSING[missing])
    given = dict(zip(parts, texts, strict=True))
    return real_day(given.get("day", "1"), given["month"], given["year"], prefix.removesuffix("-"))


def real_day(day: str, month: str, year: str, part: str = "") -> datetime.date:
    """The day of the calendar; refuses what no calendar has, and years that are not written in full."""
    numbers = [text for text in (day, month, year) if text.isascii() and text.isdigit()]
    if len(numbers) < len(PARTS) or len(year) != len("2027") or len(day) > 2 or len(month) > 2:
        raise refuse("not_real", part)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise refuse("not_real", part) from None


def within(
    day: datetime.date, earliest: str | None, latest: str | None, reading: Reading, part: str = ""
) -> datetime.date:
    """The day, if it lies between the limits."""
    first = day_of(earliest or "0001-01-01", reading.today, reading.calendar)
    last = day_of(latest or "9999-12-31", reading.today, reading.calendar)
    if day < first:
        raise refuse("too_early", part, min=first)
    if day > last:
        raise refuse("too_late", part, max=last)
    return day


def parts_of(answer: object, prefix: str = "", parts: Sequence[str] = PARTS) -> dict[str, str]:
    """A stored day as it would be typed."""
    if not isinstance(answer, str):
        return {}
    year, _, rest = answer.partition("-")
    month, _, day = rest.partition("-")
    texts = {"day": day.removeprefix("0"), "month": month.removeprefix("0"), "year": year}
    return {prefix + part: texts[part] for part in parts}


def day_inputs(
    face: Face, *, prefix: str = "", parts: Sequence[str] = PARTS, autocomplete: str = "", wrong: bool
) -> str:
    """The inputs side by side; the one that is wrong is red, or all of them."""
    items = "".join(_item(face, prefix + part, part, autocomplete, wrong) for part in parts)
    identity = face.id_of(prefix.removesuffix("-"))
    return f'<div class="govuk-date-input" id="{identity}">{items}</div>'


def _item(face: Face, name: str, part: str, autocomplete: str, wrong: bool) -> str:
    look = Input(
        width=4 if part == "year" else 2,
        inputmode="numeric",
        autocomplete=f"{autocomplete}-{part}" if autocomplete else None,
        left_to_right=True,
        css=" govuk-date-input__input",
    )
    control = text_input(face, look, part=name, wrong=wrong or bool(face.sentences(name)))
    label = escape(word(part, face.language))
    return (
        '<div class="govuk-date-input__item"><div class="govuk-form-group">'
        f'<label class="govuk-label govuk-date-input__label" for="{face.id_of(name)}">{label}</label>'
        f"{control}</div></div>"
    )


def some_day(random: Random, earliest: str | None, latest: str | None) -> datetime.date:
    """A day between the limits as they are today, away from them where there is room."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    first = day_of(earliest, today) if earliest else None
    last = day_of(latest, today) if latest else None
    if first is None and last is None:
        return datetime.date(1950, 1, 1) + datetime.timedelta(days=random.randrange(40_000))
    low = first.toordinal() if first else last.toordinal() - 20 * FAR if last else 1
    high = last.toordinal() if last else low + 20 * FAR
    away = FAR if high - low > 3 * FAR else max(0, (high - low) // 3)
    low, high = max(1, low + away), min(datetime.date.max.toordinal(), high - away)
    return datetime.date.fromordinal(random.randint(low, max(low, high)))


def days_refused(earliest: str | None, latest: str | None) -> list[tuple[datetime.date, str]]:
    """Days beyond the limits, each with the code of the complaint."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    found = []
    if earliest and (first := day_of(earliest, today)).toordinal() > FAR * 2:
        found.append((first - datetime.timedelta(days=FAR), "too_early"))
    if latest and (last := day_of(latest, today)).toordinal() < datetime.date.max.toordinal() - FAR:
        found.append((last + datetime.timedelta(days=FAR), "too_late"))
    return found
