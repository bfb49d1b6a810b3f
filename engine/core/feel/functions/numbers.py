"""Functions over numbers and truths."""

from __future__ import annotations

import decimal
from decimal import Decimal

from engine.core.feel.signatures import builtin
from engine.core.feel.times import Months, Seconds
from engine.core.feel.values import DECIMALS

FARTHEST = 6_000  # digits


@builtin("not", "negand: any")
def negation(value: object) -> bool | None:
    """The opposite of a truth."""
    return not value if isinstance(value, bool) else None


def _rounded(value: Decimal, scale: Decimal, how: str) -> Decimal:
    places = int(scale)
    if abs(places) > FARTHEST:
        raise ValueError("too many digits")
    with decimal.localcontext(DECIMALS) as wide:
        wide.prec = max(34, len(value.as_tuple().digits) + abs(places) + 2)
        found = value.quantize(Decimal(1).scaleb(-places), rounding=how)
        return found if places >= 0 else found.quantize(Decimal(1))


@builtin("decimal", "n: number, scale: number")
def half_even(value: Decimal, scale: Decimal) -> Decimal:
    """Rounded to so many places, halves to the even neighbour."""
    return _rounded(value, scale, decimal.ROUND_HALF_EVEN)


@builtin("floor", "n: number, scale: number?")
def floor(value: Decimal, scale: Decimal | None = None) -> Decimal:
    """The next number below."""
    return _rounded(value, scale or Decimal(0), decimal.ROUND_FLOOR)


@builtin("ceiling", "n: number, scale: number?")
def ceiling(value: Decimal, scale: Decimal | None = None) -> Decimal:
    """The next number above."""
    return _rounded(value, scale or Decimal(0), decimal.ROUND_CEILING)


@builtin("round up", "n: number, scale: number")
def away(value: Decimal, scale: Decimal) -> Decimal:
    """Rounded away from zero."""
    return _rounded(value, scale, decimal.ROUND_UP)


@builtin("round down", "n: number, scale: number")
def towards(value: Decimal, scale: Decimal) -> Decimal:
    """Rounded towards zero."""
    return _rounded(value, scale, decimal.ROUND_DOWN)


@builtin("round half up", "n: number, scale: number")
def half_up(value: Decimal, scale: Decimal) -> Decimal:
    """Rounded, halves away from zero."""
    return _rounded(value, scale, decimal.ROUND_HALF_UP)


@builtin("round half down", "n: number, scale: number")
def half_down(value: Decimal, scale: Decimal) -> Decimal:
    """Rounded, halves towards zero."""
    return _rounded(value, scale, decimal.ROUND_HALF_DOWN)


@builtin("abs", "n: number")
def absolute(value: Decimal) -> Decimal:
    """Without its sign."""
    return abs(value)


@builtin("abs", "n: duration")
def absolute_duration(value: Seconds | Months) -> Seconds | Months:
    """Without its sign."""
    return Seconds(abs(value.total)) if isinstance(value, Seconds) else Months(abs(value.total))


@builtin("modulo", "dividend: number, divisor: number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """What is left of a division, with the sign of the divisor."""
    with decimal.localcontext(DECIMALS):
        times = (dividend / divisor).to_integral_value(rounding=decimal.ROUND_FLOOR)
        return dividend - divisor * times


@builtin("sqrt", "number: number")
def square_root(value: Decimal) -> Decimal:
    """The square root."""
    return DECIMALS.sqrt(value)


@builtin("log", "number: number")
def logarithm(value: Decimal) -> Decimal | None:
    """The natural logarithm; numbers above zero have one."""
    return DECIMALS.ln(value) if value > 0 else None


@builtin("exp", "number: number")
def exponential(value: Decimal) -> Decimal:
    """Euler's number to this power."""
    return DECIMALS.exp(value)


@builtin("odd", "number: number")
def odd(value: Decimal) -> bool | None:
    """Whether a whole number is odd."""
    return int(value) % 2 == 1 if value == int(value) else None


@builtin("even", "number: number")
def even(value: Decimal) -> bool | None:
    """Whether a whole number is even."""
    return int(value) % 2 == 0 if value == int(value) else None
