"""Numbers, money and dates by language."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_library.localising import (
    currency_sign,
    date_text,
    money_text,
    number_text,
    plain_number,
    size_text,
)

LANGUAGES = ["en", "fr", "ar", "de", "de-CH", "es", "fa", "hi", "pl", "pt", "ru", "sv", "tr", "ur", "zh"]


@pytest.mark.parametrize(
    ("typed", "language", "plain"),
    [
        ("1,250.50", "en", "1250.50"),
        ("1 250,50", "fr", "1250.50"),
        ("1250.50", "fr", "1250.50"),
        ("1.250,50", "de", "1250.50"),
        ("1.250", "de", "1250"),
        ("1.25", "de", "1.25"),
        ("١٬٢٥٠٫٥", "ar", "1250.5"),
        ("१२", "hi", "12"),
        ("1'250.50", "de-CH", "1250.50"),
        ("۱۲۵۰٫۵", "fa", "1250.5"),
        ("\u200f١٢\u200e", "ar", "12"),
        ("\u2067-5\u2069", "ar", "-5"),
        ("12,5", "pt", "12.5"),
        ("12,5", "ar", None),
        ("+5", "en", "5"),
        ("−5", "en", "-5"),
        ("12,50", "en", None),
        ("1,2,3", "en", None),
        ("1e5", "en", None),
        ("", "en", None),
        ("½", "en", None),
        ("²", "en", None),
        ("0x10", "en", None),
        ("1_000", "en", None),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(typed, language, plain):
    assert plain_number(typed, language) == plain


@given(st.text(max_size=40), st.sampled_from(["en", "fr", "ar", "de", "hi", "xx", ""]))
def test_any_text_is_a_number_or_none(typed, language):
    plain = plain_number(typed, language)
    assert plain is None or Decimal(plain).is_finite()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_a_number_as_it_is_shown_can_be_typed_again(number):
    for language in LANGUAGES:
        assert Decimal(plain_number(number_text(number, language), language)) == number


def test_dates_are_written_in_full():
    day = date(2026, 12, 4)
    assert [date_text(day, language) for language in ("en", "fr", "ar", "en-US")] == [
        "4 December 2026", "4 décembre 2026", "4 ديسمبر 2026", "December 4, 2026",
    ]  # fmt: skip


def test_money_and_sizes():
    assert money_text(Decimal("1250.00"), "EUR", "en") == "€1,250.00"
    assert money_text(Decimal("500"), "JPY", "en") == "JP¥500"
    assert currency_sign("GBP", "en") == "£"
    assert [size_text(size, "en") for size in (1, 480_000, 1_200_000)] == ["1 kB", "480 kB", "1.2 MB"]


def test_an_unknown_language_is_written_as_english():
    assert date_text(date(2026, 12, 4), "zz-nonsense") == "4 December 2026"
