"""Decision tables of DMN worked out with FEEL, with every hit policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.core.feel import Cell, Scope
from engine.core.feel.comparing import equal
from engine.core.feel.functions.lists import greatest, least
from engine.core.feel.functions.statistics import total
from engine.core.feel.nodes import INPUT, Node, Test
from engine.core.feel.types import ANY, Type, fitted, resolved

AGGREGATED = {"SUM": total, "MIN": least, "MAX": greatest}
MANY = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})


@dataclass(frozen=True)
class Column:
    """A column: of an input its expression, of an output its name, type, values and default."""

    name: str = ""
    kind: Type = ANY
    values: Sequence[Test] = ()
    logic: Node | None = None


@dataclass(frozen=True)
class Rule:
    """One row: its tests and its results."""

    tests: Sequence[Cell]
    results: Sequence[Node]


@dataclass(frozen=True)
class Table(Node):
    """A decision table."""

    policy: str
    aggregation: str
    inputs: Sequence[Column]
    outputs: Sequence[Column]
    rules: Sequence[Rule] = field(repr=False)

    def value(self, scope: Scope) -> Any:
        scope.run.tick(len(self.rules))
        asked = [column.logic.value(scope) if column.logic else None for column in self.inputs]
        hits = []
        for rule in self.rules:
            if all(cell.holds(value, scope) for cell, value in zip(rule.tests, asked, strict=False)):
                hits.append(
                    [self._result(*pair, scope) for pair in zip(self.outputs, rule.results, strict=False)]
                )
                if self.policy == "FIRST":
                    break
        return self._decided(hits, scope) if hits else self._without(scope)

    def _result(self, column: Column, node: Node, scope: Scope) -> Any:
        found, fits = fitted(node.value(scope), column.kind, scope.run.types)
        if not fits:
            scope.run.fault(f'A result of "{column.name}" is not of its type.')
        return found

    def _without(self, scope: Scope) -> Any:
        """What the table says when no row holds."""
        if any(column.logic for column in self.outputs):
            result = [column.logic.value(scope) if column.logic else None for column in self.outputs]
            return (
                [self._shaped(result)]
                if self.policy in MANY and not self.aggregation
                else self._shaped(result)
            )
        if self.policy == "COLLECT" and self.aggregation in ("", "COUNT"):
            return Decimal(0) if self.aggregation else []
        scope.run.fault("No row of the table holds.")
        return None

    def _decided(self, hits: list[list[Any]], scope: Scope) -> Any:
        match self.policy:
            case "UNIQUE" if len(hits) > 1:
                scope.run.fault(f"{len(hits)} rows hold at once, and only one may.")
                return None
            case "ANY" if any(equal(hits[0], hit) is not True for hit in hits):
                scope.run.fault("Rows with different results hold at once.")
                return None
            case "PRIORITY":
                return self._shaped(min(hits, key=lambda hit: self._rank(hit, scope)))
            case "OUTPUT ORDER":
                return [self._shaped(hit) for hit in sorted(hits, key=lambda hit: self._rank(hit, scope))]
            case "RULE ORDER":
                return [self._shaped(hit) for hit in hits]
            case "COLLECT":
                return self._collected(hits)
        return self._shaped(hits[0])

    def _collected(self, hits: list[list[Any]]) -> Any:
        if not self.aggregation:
            return [self._shaped(hit) for hit in hits]
        if self.aggregation == "COUNT":
            return Decimal(len(hits))
        fold = AGGREGATED[self.aggregation]
        return self._shaped([fold(list(values)) for values in zip(*hits, strict=True)])

    def _rank(self, hit: Sequence[Any], scope: Scope) -> tuple[int, ...]:
        """The places of the results among the values of their columns, the most important first."""
        ranks = []
        for column, value in zip(self.outputs, hit, strict=True):
            inner = scope.within({INPUT: value})
            holds = [test.value(inner) is True for test in _values(column, scope)]
            ranks.append(holds.index(True) if True in holds else len(holds))
        return tuple(ranks)

    def _shaped(self, result: list[Any]) -> Any:
        if len(self.outputs) == 1:
            return result[0]
        return {column.name: value for column, value in zip(self.outputs, result, strict=True)}


def _values(column: Column, scope: Scope) -> Sequence[Test]:
    """The values of a column; without own ones those of its type."""
    if column.values:
        return column.values
    allowed = resolved(column.kind, scope.run.types).allowed
    return [test for each in allowed for test in each.cell.tests]  # type: ignore[attr-defined]
