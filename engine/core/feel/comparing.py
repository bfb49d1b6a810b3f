"""When two values are equal, which comes first, and what a range holds. None: it cannot be said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.times import Clock, Moment, Months, Seconds
from engine.core.feel.values import Range, kind_of

ORDERED = (Decimal, str, Day, Clock, Moment, Seconds, Months)


def equal(one: Any, other: Any) -> bool | None:
    """Whether two values are the same; None for values of different kinds."""
    if one is None or other is None:
        return one is other
    if kind_of(one) != kind_of(other):
        return None
    if isinstance(one, list):
        return len(one) == len(other) and all(equal(*pair) is True for pair in zip(one, other, strict=True))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) is True for key in one)
    if isinstance(one, Clock | Moment):
        return _zoned(one) == _zoned(other) and one.instant == other.instant
    same: bool = one == other
    return same


def compare(one: Any, other: Any) -> int | None:
    """-1, 0 or 1; None where the values have no order."""
    if not isinstance(one, ORDERED) or kind_of(one) != kind_of(other):
        return None
    if isinstance(one, Clock | Moment):
        if _zoned(one) != _zoned(other):
            return None
        one, other = one.instant, other.instant
    return int(one > other) - int(one < other)


def _zoned(value: Any) -> bool:
    clock = value.clock if isinstance(value, Moment) else value
    return clock.zone is not None


def identical(one: Any, other: Any) -> bool:
    """Whether two values are the same also in how they are written: the zone counts."""
    return kind_of(one) == kind_of(other) and one == other


def holds(sign: str, one: Any, other: Any) -> bool | None:
    """What a comparison says."""
    if sign in ("=", "!="):
        same = equal(one, other)
        return same if same is None or sign == "=" else not same
    order = compare(one, other)
    if order is None:
        return None
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[sign]


def within(value: Any, span: Range) -> bool | None:
    """Whether a range holds a value."""
    if span.low is None and span.high is None:
        return None
    low = True if span.low is None else holds(">=" if span.low_included else ">", value, span.low)
    high = True if span.high is None else holds("<=" if span.high_included else "<", value, span.high)
    return None if low is None or high is None else low and high


def among(value: Any, allowed: Any) -> bool | None:
    """Whether a value is what a test asks for: the same, in a list, in a range."""
    if isinstance(allowed, Range) and not isinstance(value, Range):
        return within(value, allowed)
    if isinstance(allowed, list):
        found = [among(value, one) is True for one in allowed]
        return any(found) or equal(value, allowed) is True
    return equal(value, allowed)
