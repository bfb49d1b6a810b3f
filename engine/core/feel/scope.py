"""What is known while an expression is worked out, and how much work is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.times import Clock, Moment, Zone
from engine.core.feel.types import Types

MOST_STEPS = 400_000
MOST_ITEMS = 100_000
DEEPEST_CALL = 80
UNKNOWN = object()


class FeelStopped(Exception):
    """An expression takes too much time or room."""


def _now() -> Moment:
    now = datetime.now(UTC)
    clock = Clock(now.hour, now.minute, now.second, Decimal(now.microsecond) / 1_000_000, Zone())
    return Moment(Day(now.year, now.month, now.day), clock)


@dataclass
class Run:
    """One evaluation: the types that it knows, what it could not say, and its budget."""

    types: Types = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    steps: int = 0
    depth: int = 0
    now: Moment = field(default_factory=_now)

    def tick(self, steps: int = 1) -> None:
        """Count work; raises FeelStopped when it is too much."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise FeelStopped(f"This takes more than {MOST_STEPS:,} steps.")

    def fault(self, sentence: str) -> None:
        """Note why something has no value; the value is then None."""
        if len(self.faults) < 20:
            self.faults.append(sentence)

    def deeper(self) -> None:
        """Enter a function; raises FeelStopped when too many stand inside each other."""
        self.tick()
        self.depth += 1
        if self.depth > DEEPEST_CALL:
            raise FeelStopped(f"Functions call each other more than {DEEPEST_CALL} deep.")


@dataclass(frozen=True)
class Scope:
    """Names with their values; what is not here is looked for outside."""

    run: Run
    names: Mapping[str, Any]
    outer: Scope | None = None

    def find(self, name: str) -> Any:
        """The value of a name; UNKNOWN where there is none."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return UNKNOWN

    def within(self, names: Mapping[str, Any]) -> Scope:
        """These names in front of all others."""
        return Scope(self.run, names, self)
