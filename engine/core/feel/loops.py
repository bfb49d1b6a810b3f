"""Expressions that go through lists: for, some and every."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.core.feel import operators
from engine.core.feel.calendar import Day
from engine.core.feel.nodes import Node
from engine.core.feel.scope import Scope
from engine.core.feel.values import Range, as_list


@dataclass(frozen=True)
class Domain(Node):
    """What a name goes through: a list, or from one number or day to another."""

    low: Node
    high: Node | None = None

    def value(self, scope: Scope) -> Any:
        if self.high is None:
            return self.low.value(scope)
        return Range(self.low.value(scope), self.high.value(scope))


@dataclass(frozen=True)
class For(Node):
    """A value for every combination; `partial` holds those found so far."""

    names: Sequence[tuple[str, Domain]]
    inside: Node

    def value(self, scope: Scope) -> Any:
        found: list[Any] = []
        rounds = _rounds(self.names, scope.within({"partial": found}))
        if rounds is None:
            return None
        for inner in rounds:
            result = self.inside.value(inner)
            found.append(result)
        return found


@dataclass(frozen=True)
class Quantified(Node):
    """Whether a condition holds for some item, or for every one."""

    every: bool
    names: Sequence[tuple[str, Domain]]
    condition: Node

    def value(self, scope: Scope) -> Any:
        rounds = _rounds(self.names, scope)
        if rounds is None:
            return None
        found = []
        for inner in rounds:
            found.append(self.condition.value(inner))
            if found[-1] is not self.every and isinstance(found[-1], bool):
                return found[-1]
        return operators.both(found) if self.every else operators.either(found)


def _rounds(names: Sequence[tuple[str, Domain]], scope: Scope) -> Iterator[Scope] | None:
    """A scope for every combination of the names, the last going fastest; None without a list."""
    name, domain = names[0]
    items = _items(domain.value(scope), scope)
    return None if items is None else _each(name, items, names[1:], scope)


def _each(
    name: str, items: Iterator[Any], others: Sequence[tuple[str, Domain]], scope: Scope
) -> Iterator[Scope]:
    for item in items:
        scope.run.tick()
        inner = scope.within({name: item})
        if others:
            yield from _rounds(others, inner) or ()
        else:
            yield inner


def _items(value: Any, scope: Scope) -> Iterator[Any] | None:
    if value is None:
        scope.run.fault("There is no list to go through.")
        return None
    if not isinstance(value, Range):
        return iter(as_list(value))
    low, high = value.low, value.high
    if isinstance(low, Day) and isinstance(high, Day):
        return (Day.of_number(number) for number in _steps(low.number, high.number, value))
    whole = all(isinstance(end, Decimal) and end == int(end) for end in (low, high))
    if not whole:
        scope.run.fault("Only whole numbers and days can be gone through.")
        return None
    return (Decimal(number) for number in _steps(int(low), int(high), value))


def _steps(low: int, high: int, ends: Range) -> range:
    step = 1 if low <= high else -1
    first = low if ends.low_included else low + step
    last = high if ends.high_included else high - step
    return range(first, last + step, step)
