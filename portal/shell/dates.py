"""Dates and figures as people of each language write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language

from portal.shell.reading import in_reading

LONG = "d MMMM y"
SHORT = "d MMM"


def locale(language: str | None = None) -> Locale:
    """Babel's knowledge of a language; English where it has none."""
    try:
        return Locale.parse((language or get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def local(moment: date | datetime, zone: str | None = None) -> date | datetime:
    """A moment on the clock of the place; a plain date stays as it is."""
    if not isinstance(moment, datetime) or timezone.is_naive(moment):
        return moment
    place = ZoneInfo(zone) if isinstance(zone, str) and zone else None
    return timezone.localtime(moment, place)


def long_date(moment: date | datetime, zone: str | None = None, language: str | None = None) -> str:
    """4 December 2026."""
    return in_reading(format_date(local(moment, zone), LONG, locale(language)))


def short_date(moment: date | datetime, zone: str | None = None, language: str | None = None) -> str:
    """4 Dec, for tables."""
    return in_reading(format_date(local(moment, zone), SHORT, locale(language)))


def date_time(moment: datetime, zone: str | None = None, language: str | None = None) -> str:
    """22 November 2026, 10:42."""
    there = local(moment, zone)
    return in_reading(f"{format_date(there, LONG, locale(language))}, {clock(moment, zone, language)}")


def decimal(value: float) -> str:
    """1.2, or 1,2."""
    return format_decimal(value, "0.#", locale())


def clock(moment: datetime, zone: str | None = None, language: str | None = None) -> str:
    """10:42."""
    there = local(moment, zone)
    return format_time(there, "HH:mm", locale=locale(language)) if isinstance(there, datetime) else ""
