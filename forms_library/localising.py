"""Dates, numbers and money as the readers of a language write them."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
)

from forms_library.cleaning import latin_digits

# "4 December 2026": our English is the international one, not the American one that Babel takes for "en".
ENGLISH = "en_GB"
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
ARABIC_SEPARATORS = str.maketrans({"٫": ".", "٬": None, "−": "-"})


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale for a language code; English where Babel knows none."""
    if language in ("en", "und", ""):
        return Locale.parse(ENGLISH)
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(ENGLISH)


def date_text(day: date, language: str) -> str:
    """The date in full: 4 December 2026."""
    return format_date(day, "long", locale_of(language))


def number_text(number: int | Decimal, language: str) -> str:
    """A number with the separators of the language, with all its decimal places."""
    places = -number.as_tuple().exponent if isinstance(number, Decimal) else 0  # type: ignore[operator]
    pattern = "#,##0" + ("." + "0" * places if places > 0 else "")
    return format_decimal(number, pattern, locale_of(language))


def money_text(amount: Decimal, currency: str, language: str) -> str:
    """An amount with its currency first where the language does so."""
    return format_currency(amount, currency, locale=locale_of(language))


@lru_cache(maxsize=256)
def currency_sign(currency: str, language: str) -> str:
    """The sign that stands before the input: €, £ or the code itself."""
    return get_currency_symbol(currency, locale_of(language))


def size_text(size: int, language: str) -> str:
    """The size of a file: 480 kB, 1.2 MB."""
    if size < 1_000_000:
        return f"{number_text(max(1, round(size / 1000)), language)} kB"
    return f"{number_text(round(Decimal(size) / 1_000_000, 1), language)} MB"


@lru_cache(maxsize=64)
def decimal_sign(language: str) -> str:
    """The sign between the whole and its parts."""
    return get_decimal_symbol(locale_of(language))


@lru_cache(maxsize=64)
def group_sign(language: str) -> str:
    """The sign between the thousands."""
    return get_group_symbol(locale_of(language))


def plain_number(typed: str, language: str) -> str | None:
    """A typed number as 1250.50, whatever separators and digits were used; None when it is not a number."""
    text = "".join(latin_digits(typed).translate(ARABIC_SEPARATORS).split())
    text = text.replace("'", "’") if group_sign(language) == "’" else text  # keyboards have the straight one
    group, point = re.escape(group_sign(language)), re.escape(decimal_sign(language))
    if re.fullmatch(rf"[+-]?[0-9]{{1,3}}({group}[0-9]{{3}})+({point}[0-9]+)?", text):
        text = re.sub(group, "", text)
    text = re.sub(point, ".", text)
    return text.removeprefix("+") if PLAIN_NUMBER.fullmatch(text) else None
