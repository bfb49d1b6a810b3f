"""The arithmetic of FEEL over numbers, texts, times and durations. None: these values do not go together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.times import A_DAY, MIDNIGHT, Clock, Moment, Months, Seconds
from engine.core.feel.values import DECIMALS

LONGEST = 1_000_000  # characters of a text
Timed = Day | Clock | Moment


def calculate(sign: str, one: Any, other: Any) -> Any:
    """The value of one operator between two values."""
    if one is None or other is None:
        return None
    try:
        return SIGNS[sign](one, other)
    except (DecimalException, ValueError, OverflowError, ZeroDivisionError):
        return None


def add(one: Any, other: Any) -> Any:
    """Numbers, texts, durations, or a time and a duration in any order."""
    match one, other:
        case Decimal(), Decimal():
            return DECIMALS.add(one, other)
        case str(), str():
            return one + other if len(one) + len(other) <= LONGEST else None
        case Seconds(), Seconds():
            return Seconds(one.total + other.total)
        case Months(), Months():
            return Months(one.total + other.total)
        case (Seconds() | Months(), Day() | Clock() | Moment()):
            return later(other, one)
        case (Day() | Clock() | Moment(), Seconds() | Months()):
            return later(one, other)
    return None


def later(value: Timed, by: Seconds | Months) -> Any:
    """A time moved by a duration."""
    match value, by:
        case Clock(), Months():
            return None
        case Day(), Months():
            return value.later(by.total)
        case Moment(), Months():
            return Moment(value.day.later(by.total), value.clock)
        case Day(), Seconds():
            return Moment(value, MIDNIGHT).later(by.total).day
    return value.later(by.total)  # type: ignore[arg-type]


def subtract(one: Any, other: Any) -> Any:
    """Numbers, durations, a duration from a time, or one time from another."""
    match one, other:
        case Decimal(), Decimal():
            return DECIMALS.subtract(one, other)
        case (_, Seconds() | Months()):
            return add(one, negative(other))
        case Day(), Day():
            return Seconds(Decimal((one.number - other.number) * A_DAY))
        case Clock(), Clock():
            return _between(one, other, one.zone, other.zone)
        case (Day() | Moment(), Day() | Moment()):
            first, second = (_moment(each) for each in (one, other))
            return _between(first, second, first.clock.zone, second.clock.zone)
    return None


def _moment(value: Day | Moment) -> Moment:
    return value if isinstance(value, Moment) else Moment(value, MIDNIGHT)


def _between(one: Any, other: Any, zone: Any, other_zone: Any) -> Seconds | None:
    """The time from one to the other; with a zone and without do not go together."""
    if (zone is None) != (other_zone is None):
        return None
    return Seconds(one.instant - other.instant)


def multiply(one: Any, other: Any) -> Any:
    """Numbers, or a duration so many times."""
    match one, other:
        case Decimal(), Decimal():
            return DECIMALS.multiply(one, other)
        case (Seconds(), Decimal()) | (Months(), Decimal()):
            return _times(one, other)
        case (Decimal(), Seconds()) | (Decimal(), Months()):
            return _times(other, one)
    return None


def _times(duration: Seconds | Months, by: Decimal) -> Seconds | Months:
    if isinstance(duration, Months):
        return Months(int(duration.total * by))
    return Seconds(DECIMALS.multiply(duration.total, by))


def divide(one: Any, other: Any) -> Any:
    """Numbers, a duration by a number, or how often one duration is in another."""
    match one, other:
        case Decimal(), Decimal():
            return DECIMALS.divide(one, other)
        case Seconds(), Decimal():
            return Seconds(DECIMALS.divide(one.total, other))
        case Months(), Decimal():
            return Months(int(one.total / other))
        case (Seconds(), Seconds()) | (Months(), Months()):
            return DECIMALS.divide(Decimal(one.total), Decimal(other.total))
    return None


def power(one: Any, other: Any) -> Any:
    """A number to the power of another."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return DECIMALS.power(one, other)
    return None


def negative(value: Any) -> Any:
    """The opposite of a number or a duration."""
    if isinstance(value, Decimal):
        return DECIMALS.minus(value)
    if isinstance(value, Seconds):
        return Seconds(-value.total)
    return Months(-value.total) if isinstance(value, Months) else None


def both(values: list[Any]) -> bool | None:
    """And, where what is no truth is not known."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def either(values: list[Any]) -> bool | None:
    """Or, where what is no truth is not known."""
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
