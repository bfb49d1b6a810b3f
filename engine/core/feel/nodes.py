"""The parts of an expression; each knows its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.core.feel import operators
from engine.core.feel.comparing import among, holds
from engine.core.feel.properties import NO_SUCH, property_of
from engine.core.feel.scope import UNKNOWN, Scope
from engine.core.feel.types import Type, is_of
from engine.core.feel.values import Range, as_list, kind_of

INPUT = "?"


class Node:
    """One part of an expression."""

    def value(self, scope: Scope) -> Any:
        """What it comes to; None where it cannot be said."""
        raise NotImplementedError


@dataclass(frozen=True)
class Literal(Node):
    """A value that is written out."""

    content: Any
    text: str = ""

    def value(self, scope: Scope) -> Any:
        return self.content


@dataclass(frozen=True)
class Name(Node):
    """A name that something else gives a value."""

    name: str

    def value(self, scope: Scope) -> Any:
        found = scope.find(self.name)
        if found is UNKNOWN:
            scope.run.fault(f'"{self.name}" is not known here.')
            return None
        return found


@dataclass(frozen=True)
class Negative(Node):
    """The opposite of a number or a duration."""

    inside: Node

    def value(self, scope: Scope) -> Any:
        return operators.negative(self.inside.value(scope))


@dataclass(frozen=True)
class Arithmetic(Node):
    """Two values and a sign between them."""

    sign: str
    left: Node
    right: Node

    def value(self, scope: Scope) -> Any:
        one, other = self.left.value(scope), self.right.value(scope)
        found = operators.calculate(self.sign, one, other)
        if found is None:
            scope.run.fault(f"{kind_of(one)} {self.sign} {kind_of(other)} has no value.")
        return found


@dataclass(frozen=True)
class Comparison(Node):
    """Two values compared."""

    sign: str
    left: Node
    right: Node

    def value(self, scope: Scope) -> Any:
        one, other = self.left.value(scope), self.right.value(scope)
        found = holds(self.sign, one, other)
        if found is None:
            scope.run.fault(f"{kind_of(one)} and {kind_of(other)} cannot be compared by {self.sign}.")
        return found


@dataclass(frozen=True)
class Junction(Node):
    """Several truths: all of them, or one of them."""

    sign: str
    parts: Sequence[Node]

    def value(self, scope: Scope) -> Any:
        found = []
        for part in self.parts:
            found.append(part.value(scope))
            if found[-1] is (self.sign == "or"):
                return found[-1]
        return operators.both(found) if self.sign == "and" else operators.either(found)


@dataclass(frozen=True)
class Between(Node):
    """A value between two others, both included."""

    inside: Node
    low: Node
    high: Node

    def value(self, scope: Scope) -> Any:
        value = self.inside.value(scope)
        return operators.both(
            [holds(">=", value, self.low.value(scope)), holds("<=", value, self.high.value(scope))]
        )


@dataclass(frozen=True)
class Test(Node):
    """One test of a cell: an expression, and whether it speaks of the input itself."""

    inside: Node
    asks: bool

    def value(self, scope: Scope) -> Any:
        value, found = scope.find(INPUT), self.inside.value(scope)
        written = isinstance(self.inside, Literal)
        if isinstance(found, bool) and (
            self.asks or not (written or value is None or isinstance(value, bool))
        ):
            return found
        if self.asks and found is None:
            return None
        return among(value, found)


@dataclass(frozen=True)
class Within(Node):
    """A value and the tests of which one has to hold."""

    inside: Node
    tests: Sequence[Test]

    def value(self, scope: Scope) -> Any:
        inner = scope.within({INPUT: self.inside.value(scope)})
        found = [test.value(inner) for test in self.tests]
        return True if True in found else False if False in found else None


@dataclass(frozen=True)
class InstanceOf(Node):
    """Whether a value is of a type."""

    inside: Node
    kind: Type

    def value(self, scope: Scope) -> Any:
        return is_of(self.inside.value(scope), self.kind, scope.run.types)


@dataclass(frozen=True)
class If(Node):
    """One of two values."""

    condition: Node
    then: Node
    otherwise: Node

    def value(self, scope: Scope) -> Any:
        return (self.then if self.condition.value(scope) is True else self.otherwise).value(scope)


@dataclass(frozen=True)
class Listing(Node):
    """A list that is written out."""

    items: Sequence[Node]

    def value(self, scope: Scope) -> Any:
        return [item.value(scope) for item in self.items]


@dataclass(frozen=True)
class Entries(Node):
    """A context that is written out; an entry sees those before it."""

    entries: Sequence[tuple[str, Node]]

    def value(self, scope: Scope) -> Any:
        made: dict[str, Any] = {}
        inner = scope.within(made)
        for name, node in self.entries:
            if name in made:
                scope.run.fault(f'"{name}" stands twice in a context.')
                return None
            found = node.value(inner)
            made[name] = found
        return made


@dataclass(frozen=True)
class Span(Node):
    """A range that is written out."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool

    def value(self, scope: Scope) -> Any:
        low = self.low.value(scope) if self.low else None
        high = self.high.value(scope) if self.high else None
        ends = [end for end, node in ((low, self.low), (high, self.high)) if node]
        if len({kind_of(end) for end in ends}) > 1 or (len(ends) == 1 and ends[0] is None):
            scope.run.fault("The ends of a range must be of one kind.")
            return None
        return Range(low, high, self.low_included, self.high_included)


@dataclass(frozen=True)
class Member(Node):
    """What has a name inside a value; of a list that of every item."""

    inside: Node
    name: str

    def value(self, scope: Scope) -> Any:
        return self._of(self.inside.value(scope), scope)

    def _of(self, value: Any, scope: Scope) -> Any:
        if isinstance(value, list):
            scope.run.tick(len(value))
            return [self._of(item, scope) for item in value]
        found = value.get(self.name, NO_SUCH) if isinstance(value, Mapping) else property_of(value, self.name)
        if found is NO_SUCH:
            scope.run.fault(f'There is no "{self.name}" in this {kind_of(value)}.')
            return None
        return found


@dataclass(frozen=True)
class Filter(Node):
    """Items of a list: one by its place, or those for which a condition holds."""

    inside: Node
    condition: Node

    def value(self, scope: Scope) -> Any:
        items = as_list(self.inside.value(scope))
        first = self.condition.value(_of_item(items[0], scope) if items else scope)
        if isinstance(first, Decimal):
            return self._at(items, first)
        if items and first is not None and not isinstance(first, bool):
            scope.run.fault("A filter is a number or a condition.")
            return None
        scope.run.tick(len(items))
        return [item for item in items if self.condition.value(_of_item(item, scope)) is True]

    def _at(self, items: list[Any], place: Decimal) -> Any:
        index = int(place)
        if index != place or index == 0 or abs(index) > len(items):
            return None
        return items[index - 1 if index > 0 else index]


def _of_item(item: Any, scope: Scope) -> Scope:
    """Inside a filter: the item, and before it its own entries."""
    inner = scope.within({"item": item})
    return inner.within(item) if isinstance(item, Mapping) else inner


def parts_of(node: Node) -> Iterator[Node]:
    """The parts directly inside."""
    for content in vars(node).values():
        for part in content if isinstance(content, list | tuple) else [content]:
            found = part[-1] if isinstance(part, tuple) and part else part
            if isinstance(found, Node):
                yield found
