"""Decimals in rules are doubles of at most 15 digits; their arithmetic goes through Decimal and back."""

import decimal
from collections.abc import Callable, Iterable
from decimal import Decimal

DIGITS = 15
_exact = decimal.Context(prec=34, traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow])


def as_double(value: Decimal) -> float:
    """The double that stands for a decimal, rounded to the digits that a double keeps."""
    number = float(f"{value:.{DIGITS}g}")
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return number


def as_decimal(value: float) -> Decimal:
    """The decimal that a double stands for."""
    return Decimal(repr(value))


Operation = Callable[[decimal.Context, Decimal, Decimal], Decimal]


def exactly(operation: Operation) -> Callable[[float, float], float]:
    """An operator on doubles that gives what Decimal gives."""

    def run(left: float, right: float) -> float:
        return as_double(operation(_exact, as_decimal(left), as_decimal(right)))

    return run


add = exactly(decimal.Context.add)
subtract = exactly(decimal.Context.subtract)
multiply = exactly(decimal.Context.multiply)


def divide(left: float, right: float) -> float:
    """Left divided by right."""
    if not right:
        raise ValueError("divide by zero")
    return as_double(_exact.divide(as_decimal(left), as_decimal(right)))


def total(values: Iterable[float]) -> float:
    """The sum of decimals."""
    found = Decimal(0)
    for value in values:
        found = _exact.add(found, as_decimal(float(value)))
    return as_double(found)


def round_to(value: float, places: int) -> float:
    """Rounded half up (away from zero), as people round money."""
    if not -DIGITS <= places <= DIGITS:
        raise ValueError("roundTo takes -15 to 15 places")
    number = as_decimal(value)
    if number.adjusted() + places > 2 * DIGITS:
        return value
    return as_double(number.quantize(Decimal(1).scaleb(-places), decimal.ROUND_HALF_UP, _exact))
