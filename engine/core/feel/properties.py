"""What can be asked of a time, a duration or a range by its name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.times import Clock, Moment, Months, Seconds
from engine.core.feel.values import Range

NO_SUCH = object()
NAMES = (
    "year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone", "days", "hours",
    "minutes", "seconds", "years", "months", "start", "end", "start included", "end included", "value",
)  # fmt: skip


def property_of(value: Any, name: str) -> Any:
    """The property of a value; NO_SUCH where it has none of this name."""
    match value:
        case Moment():
            return (_of_day(value.day) | _of_clock(value.clock)).get(name, _none)()
        case Day():
            return _of_day(value).get(name, _none)()
        case Clock():
            return _of_clock(value).get(name, _none)()
        case Seconds() | Months():
            return _of_duration(value).get(name, NO_SUCH)
        case Range():
            return _of_range(value).get(name, NO_SUCH)
    return NO_SUCH


Asked = dict[str, Callable[[], Any]]


def _none() -> Any:
    return NO_SUCH


def _of_day(day: Day) -> Asked:
    return {
        "year": lambda: Decimal(day.year),
        "month": lambda: Decimal(day.month),
        "day": lambda: Decimal(day.day),
        "weekday": lambda: Decimal(day.weekday),
    }


def _of_clock(clock: Clock) -> Asked:
    zone = clock.zone
    return {
        "hour": lambda: Decimal(clock.hour),
        "minute": lambda: Decimal(clock.minute),
        "second": lambda: Decimal(clock.second) + clock.fraction,
        "time offset": lambda: Seconds(Decimal(zone.offset)) if zone and not zone.name else None,
        "timezone": lambda: zone.name if zone and zone.name else None,
    }


def _of_duration(value: Seconds | Months) -> dict[str, Any]:
    sign = -1 if value.total < 0 else 1
    if isinstance(value, Months):
        years, months = divmod(abs(value.total), 12)
        return {"years": Decimal(sign * years), "months": Decimal(sign * months)}
    days, hours, minutes, seconds = value.parts
    parts: dict[str, int | Decimal] = {"days": days, "hours": hours, "minutes": minutes, "seconds": seconds}
    return {name: sign * Decimal(amount) for name, amount in parts.items()}


def _of_range(value: Range) -> dict[str, Any]:
    return {
        "start": value.low,
        "end": value.high,
        "start included": value.low_included and value.low is not None,
        "end included": value.high_included and value.high is not None,
    }
