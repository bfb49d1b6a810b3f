"""The types of FEEL: what a value must be to be used somewhere, and what it becomes on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.core.feel.calendar import Day
from engine.core.feel.times import MIDNIGHT, Clock, Moment, Zone
from engine.core.feel.values import Callable, Range, kind_of

SIMPLE = {
    "any": "any",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "duration": "duration",
    "null": "null",
    "list": "list",
    "context": "context",
    "range": "range",
    "function": "function",
}
CAPITAL = {"Any": "any", "Null": "null"}
DEEPEST = 60


class Allowed(Protocol):
    """Tests that a value of a type has to pass."""

    def accepts(self, value: Any) -> bool:
        """Whether one of the tests holds."""


@dataclass(frozen=True)
class Type:
    """A kind, with the type of what is inside; `named` is looked up when it is used."""

    base: str = "any"
    item: Type | None = None
    fields: Mapping[str, Type] = field(default_factory=dict)
    named: str = ""
    params: tuple[Type, ...] | None = None
    allowed: tuple[Allowed, ...] = ()


Types = Mapping[str, Type]
ANY = Type()


def simple(name: str) -> Type | None:
    """A type of the language by its name."""
    found = SIMPLE.get(name) or CAPITAL.get(name)
    return Type(found) if found else None


def resolved(wanted: Type, types: Types) -> Type:
    """The type behind a name; what is behind none can be anything."""
    seen: list[Allowed] = list(wanted.allowed)
    for _ in range(DEEPEST):
        if not wanted.named:
            break
        wanted = types.get(wanted.named, ANY)
        seen += wanted.allowed
    return Type(wanted.base, wanted.item, wanted.fields, "", wanted.params, tuple(dict.fromkeys(seen)))


def is_of(value: Any, wanted: Type, types: Types, depth: int = 0) -> bool:
    """Whether a value is an instance of a type."""
    wanted = resolved(wanted, types)
    if depth > DEEPEST:
        return False
    if value is None:
        return wanted.base == "null"
    if wanted.base == "any":
        return _passes(value, wanted)
    kind = kind_of(value)
    fits = kind.endswith("duration") if wanted.base == "duration" else kind == wanted.base
    return fits and _inside(value, wanted, types, depth + 1) and _passes(value, wanted)


def _inside(value: Any, wanted: Type, types: Types, depth: int) -> bool:
    if isinstance(value, list) and wanted.item:
        return all(one is None or is_of(one, wanted.item, types, depth) for one in value)
    if isinstance(value, Mapping):
        return all(
            name in value and (value[name] is None or is_of(value[name], kind, types, depth))
            for name, kind in wanted.fields.items()
        )
    if isinstance(value, Range) and wanted.item:
        ends = [end for end in (value.low, value.high) if end is not None]
        return all(is_of(end, wanted.item, types, depth) for end in ends)
    if isinstance(value, Callable) and wanted.params is not None:
        return len(value.names) == len(wanted.params)
    return True


def _passes(value: Any, wanted: Type) -> bool:
    return all(tests.accepts(value) for tests in wanted.allowed)


def fitted(value: Any, wanted: Type, types: Types, depth: int = 0) -> tuple[Any, bool]:
    """A value as a type wants it, and whether it fits: a list of one and its item stand for each other."""
    wanted = resolved(wanted, types)
    if value is None or depth > DEEPEST:
        return None, value is None
    if wanted.base == "list" and not isinstance(value, list):
        value = [value]
    elif wanted.base not in ("any", "list") and isinstance(value, list) and len(value) == 1:
        value = value[0]
    if wanted.base == "date and time" and isinstance(value, Day):
        value = Moment(value, Clock(MIDNIGHT.hour, 0, 0, zone=Zone()))
    if isinstance(value, list) and wanted.item:
        return _all(value, wanted, types, depth)
    if isinstance(value, Mapping) and wanted.fields and wanted.base == "context":
        return _entries(value, wanted, types, depth)
    fits = is_of(value, wanted, types)
    return (value if fits else None), fits


def _all(value: list[Any], wanted: Type, types: Types, depth: int) -> tuple[Any, bool]:
    found = [_one(each, wanted.item or ANY, types, depth) for each in value]
    made = [each for each, _ in found]
    fits = all(fit for _, fit in found) and _passes(made, wanted)
    return (made if fits else None), fits


def _one(value: Any, wanted: Type, types: Types, depth: int) -> tuple[Any, bool]:
    """An item of a list: a list is not taken out of it."""
    if isinstance(value, list) != (resolved(wanted, types).base == "list") and isinstance(value, list):
        return (value, True) if resolved(wanted, types).base == "any" else (None, False)
    return fitted(value, wanted, types, depth + 1)


def _entries(value: Mapping[str, Any], wanted: Type, types: Types, depth: int) -> tuple[Any, bool]:
    made, fits = dict(value), True
    for name, kind in wanted.fields.items():
        if name in value:
            made[name], fit = fitted(value[name], kind, types, depth + 1)
            fits = fits and fit
    fits = fits and _passes(made, wanted)
    return (made if fits else None), fits
