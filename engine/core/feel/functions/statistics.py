"""Sums and averages of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.core.feel.operators import add
from engine.core.feel.signatures import builtin
from engine.core.feel.times import Months, Seconds
from engine.core.feel.values import DECIMALS

Numbers = list[Decimal]


def _folded(items: list[Any], with_next: Callable[[Any, Any], Any]) -> Any:
    found = items[0] if items else None
    for item in items[1:]:
        found = with_next(found, item)
    return found


@builtin("sum", "list: list...")
def total(items: list[Any]) -> Any:
    """Numbers or durations added up."""
    summable = all(isinstance(item, Decimal | Seconds | Months) for item in items)
    return _folded(items, add) if summable else None


@builtin("mean", "list: list...")
def mean(items: list[Any]) -> Decimal | None:
    """The average."""
    return _mean(_numbers(items)) if items else None


def _mean(items: Numbers) -> Decimal:
    return DECIMALS.divide(_folded(items, DECIMALS.add), Decimal(len(items)))


@builtin("product", "list: list...")
def product(items: list[Any]) -> Any:
    """Numbers multiplied."""
    return _folded(_numbers(items), DECIMALS.multiply)


@builtin("median", "list: list...")
def median(items: list[Any]) -> Decimal | None:
    """The one in the middle."""
    ordered = sorted(_numbers(items))
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else _mean(ordered[half - 1 : half + 1])


@builtin("stddev", "list: list...")
def deviation(items: list[Any]) -> Decimal | None:
    """The standard deviation of a sample."""
    numbers = _numbers(items)
    if len(numbers) < 2:
        return None
    middle = _mean(numbers)
    squares = [DECIMALS.power(DECIMALS.subtract(item, middle), 2) for item in numbers]
    return DECIMALS.sqrt(DECIMALS.divide(_folded(squares, DECIMALS.add), Decimal(len(numbers) - 1)))


@builtin("mode", "list: list...")
def mode(items: list[Any]) -> Numbers:
    """What comes most often."""
    counted = Counter(_numbers(items))
    most = max(counted.values(), default=0)
    return sorted(item for item, times in counted.items() if times == most)


def _numbers(items: list[Any]) -> Numbers:
    if not all(isinstance(item, Decimal) for item in items):
        raise ValueError("not all are numbers")
    return items
