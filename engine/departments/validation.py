"""What the columns of a department may hold, refused with a sentence."""

import re
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import holidays
from django.core.exceptions import ValidationError
from pydantic import ValidationError as NotText

from engine.core.opening import checked_hours
from engine.core.text import LANGUAGE_TAG, Text
from engine.core.worktime import CalendarRefused, Interval, WorkingCalendar


def default_languages() -> list[str]:
    """English, until the department says otherwise."""
    return ["en"]


def default_week() -> dict[str, list[list[str]]]:
    """Monday to Friday, 08:00 to 16:00; 0 is Monday."""
    return {str(day): [["08:00", "16:00"]] for day in range(5)}


def localised(value: Any) -> None:
    """Refuse what is not a text in languages."""
    try:
        Text.model_validate(value)
    except NotText:
        raise ValidationError('This must be a text by language, like {"en": "Licensing"}.') from None


def languages(value: Any) -> None:
    """Refuse what is not a list of language codes."""
    known = isinstance(value, list) and all(
        isinstance(tag, str) and LANGUAGE_TAG.fullmatch(tag) for tag in value
    )
    if not known or not value or len(set(value)) != len(value):
        raise ValidationError('This must be a list of language codes, like ["en", "fr"], each once.')


def time_zone(value: str) -> None:
    """Refuse a time zone that does not exist."""
    if value not in _time_zones():
        raise ValidationError(f'There is no time zone "{value}". Give a name like "Europe/Lisbon".')


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _countries() -> Mapping[str, list[str]]:
    known: Mapping[str, list[str]] = holidays.list_supported_countries(include_aliases=False)
    return known


def week(value: Any) -> None:
    """Refuse a working week whose hours are not pairs of times in order."""
    try:
        WorkingCalendar("UTC", week_from(value))
    except CalendarRefused as refused:
        raise ValidationError(str(refused)) from None
    except (AttributeError, TypeError, ValueError):
        raise ValidationError(
            'This must be hours by day, 0 is Monday: {"0": [["08:00", "16:00"]]}.'
        ) from None


def week_from(value: Mapping[str, Any]) -> dict[int, list[Interval]]:
    """The stored week as the calendar reads it."""
    return {int(day): _hours_from(hours) for day, hours in value.items()}


def _hours_from(hours: Any) -> list[Interval]:
    return [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in hours]


def regions(value: Any) -> None:
    """Refuse what is not a list of names of regions."""
    known = isinstance(value, list) and all(
        isinstance(name, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in value
    )
    if not known or len(set(value)) != len(value):
        raise ValidationError('This must be a list of regions, like ["on-premises", "eu-central-1"].')


LONGEST_NAME = 120  # of an own day


def own_days(value: Any) -> None:
    """Refuse what is not a list of days with their names and opening times; none means closed."""
    try:
        found = [own_day_from(each) for each in value]
    except CalendarRefused as refused:
        raise ValidationError(str(refused)) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ValidationError(
            'This must be a list of days, like [{"day": "2026-12-24", "name": "Christmas Eve", "open": []}].'
        ) from None
    if len({day for day, _ in found}) < len(found):
        raise ValidationError("A day can be there only once.")


def own_day_from(value: Mapping[str, Any]) -> tuple[date, tuple[Interval, ...]]:
    """A stored day and its opening times."""
    name = value.get("name", "")
    if value.keys() - {"day", "name", "open"} or not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise ValueError("unknown words")
    return date.fromisoformat(value["day"]), checked_hours(_hours_from(value.get("open", [])))


def holiday_country(value: str) -> None:
    """Refuse a country, or country and region, whose public holidays are not known."""
    country, _, region = value.partition("-")
    known = _countries()
    if value and (country not in known or (region and region not in known[country])):
        raise ValidationError(f'We know no public holidays of "{value}". Give a code like "PT" or "DE-BY".')


def icon(value: str) -> None:
    """Refuse what cannot be the name of an icon."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValidationError('This must be the name of an icon, like "landmark" or "shopping-cart".')
