"""Dates as they are written in a language."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

_DAY_FIRST = {"en": "en_GB"}  # as citizens read it everywhere else in the portal


def long_date(day: date, language: str) -> str:
    """A date in full: 4 December 2026."""
    try:
        locale = Locale.parse(_DAY_FIRST.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en_GB")
    return format_date(day, "long", locale=locale)
