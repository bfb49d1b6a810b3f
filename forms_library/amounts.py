"""Exact numbers with decimal places: read from what was typed, stored as text, at most 15 digits."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic import Field as Value

from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.field_type import Reading, as_line
from forms_library.localising import decimal_sign, plain_number
from forms_library.markup import Raw
from forms_library.number_options import LIMIT_ERRORS

# Rules compute with doubles, which keep 15 digits exactly (RULES.md).
MOST_DIGITS = 15


def _few_digits(value: Decimal) -> Decimal:
    if not value.is_finite() or digits_of(value) > MOST_DIGITS:
        raise ValueError(f"A number here has at most {MOST_DIGITS} digits")
    return value


Limit = Annotated[Decimal, Value(allow_inf_nan=False), AfterValidator(_few_digits)]

AMOUNT_ERRORS = {
    "format": Text({
        "en": "{subject} must be a number, like {example}",
        "fr": "{subject} doit être un nombre, par exemple {example}",
        "ar": "يجب أن يكون {subject} رقمًا، مثل {example}",
    }),
    "too_many_places": Text({
        "en": "{subject} must have no more than {places} decimal places",
        "fr": "{subject} doit avoir au plus {places} décimales",
        "ar": "يجب ألا تزيد المنازل العشرية في {subject} عن {places}",
    }),
    **LIMIT_ERRORS,
}  # fmt: skip


def digits_of(value: Decimal) -> int:
    """How many digits a number is written with."""
    _, digits, exponent = value.as_tuple()
    places = -exponent if isinstance(exponent, int) else 0
    return max(len(digits) - min(places, 0), places)


def amount_of(
    raw: Raw, reading: Reading, *, places: int, least: Decimal | None, most: Decimal | None
) -> str | None:
    """The typed amount with exactly `places` decimals, as text; None when nothing was typed."""
    text = one_line(as_line(raw))
    if not text:
        return None
    plain = plain_number(text, reading.language)
    if plain is None:
        raise refuse("format", example=Decimal("12.50") if places else 12)
    whole, _, decimals = plain.partition(".")
    if len(decimals.rstrip("0")) > places:
        raise refuse("too_many_places", places=places)
    highest = Decimal(10) ** (MOST_DIGITS - places) - Decimal(1).scaleb(-places)
    if len(whole.lstrip("-0")) > MOST_DIGITS - places:
        raise refuse("too_small", min=-highest) if whole.startswith("-") else refuse("too_large", max=highest)
    return str(_limited(Decimal(plain).quantize(Decimal(1).scaleb(-places)), least, most))


def _limited(amount: Decimal, least: Decimal | None, most: Decimal | None) -> Decimal:
    if least is not None and amount < least:
        raise refuse("too_small", min=least)
    if most is not None and amount > most:
        raise refuse("too_large", max=most)
    return amount


def typed_amount(answer: Any, language: str) -> str:
    """A stored amount with the decimal sign of the language, as a person would type it."""
    return "" if answer is None else str(answer).replace(".", decimal_sign(language))


def amount_schema(places: int) -> dict[str, Any]:
    """The JSON Schema of a stored amount."""
    decimals = rf"\.[0-9]{{{places}}}" if places else ""
    return {"type": "string", "pattern": f"^-?[0-9]{{1,{MOST_DIGITS - places}}}{decimals}$"}


def some_amount(random: Random, places: int, least: Decimal | None, most: Decimal | None) -> str:
    """An amount between the limits as it could be typed, with its decimals."""
    unit = Decimal(1).scaleb(-places)
    low = least if least is not None else min(Decimal(0), most or Decimal(0))
    high = most if most is not None else low + 1000
    steps = int((high - low) / unit)
    first = low.quantize(unit, rounding=ROUND_CEILING)
    return str(
        min(first + unit * random.randint(0, max(steps, 0)), high.quantize(unit, rounding=ROUND_FLOOR))
    )


def amounts_refused(places: int, least: Decimal | None, most: Decimal | None) -> tuple[tuple[str, str], ...]:
    """What is no amount, and amounts beyond the limits, each with the code of the complaint."""
    beyond = [
        *([(str(least - 1), "too_small")] if least is not None else []),
        *([(str(most + 1), "too_large")] if most is not None else []),
    ]
    return (
        ("much", "format"),
        ("NaN", "format"),
        ("0." + "0" * places + "1", "too_many_places"),
        ("9" * (MOST_DIGITS + 1), "too_large"),
        *beyond,
    )
