"""What a value of FEEL can be: a truth, a number, a text, a time, a list, a context, a range, a function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context as Arithmetic
from decimal import Decimal
from typing import Any, Literal, Protocol, runtime_checkable

from engine.core.feel.calendar import Day
from engine.core.feel.times import Clock, Moment, Months, Seconds

Kind = Literal[
    "null", "boolean", "number", "string", "date", "time", "date and time", "days and time duration",
    "years and months duration", "list", "context", "range", "function",
]  # fmt: skip
# 34 digits: what IEEE 754 calls decimal128
DECIMALS = Arithmetic(prec=34, rounding="ROUND_HALF_EVEN", Emin=-6143, Emax=6144)
KINDS: tuple[tuple[Any, Kind], ...] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (str, "string"),
    (Day, "date"),
    (Clock, "time"),
    (Moment, "date and time"),
    (Seconds, "days and time duration"),
    (Months, "years and months duration"),
    (list, "list"),
    (Mapping, "context"),
)


@dataclass(frozen=True)
class Range:
    """All values between two ends; an end that is None is open without limit."""

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True


@runtime_checkable
class Callable(Protocol):
    """What can be called with values: a function of the language, of a model, or written on the spot."""

    names: Sequence[str]

    def called(self, arguments: Sequence[Any], run: Any) -> Any:
        """The value for these arguments, in the order of the names."""


def kind_of(value: Any) -> Kind:
    """The kind of a value."""
    if value is None:
        return "null"
    for known, kind in KINDS:
        if isinstance(value, known):
            return kind
    return "range" if isinstance(value, Range) else "function"


def number(value: float | str | Decimal) -> Decimal:
    """A number with the digits that FEEL keeps."""
    return DECIMALS.create_decimal(value)


def as_list(value: Any) -> list[Any]:
    """A value alone is a list of one; nothing is an empty list."""
    return value if isinstance(value, list) else [] if value is None else [value]
