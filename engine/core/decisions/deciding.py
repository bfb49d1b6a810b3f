"""What a table decides, out of what its cells say: the hit policies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any, TypeAlias

from engine.core.decisions.cells import Literal, literal_of
from engine.core.decisions.definition import DecisionTable, Output
from engine.core.rules import Outcome

Ask: TypeAlias = Callable[[str], Outcome]
Result: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Decision:
    """The value, the rows that hit (counted from 0), what is missing, or what went wrong.

    The value is one result, a group of results by key, or a list of either.
    """

    value: Any = None
    hits: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    fault: str = ""
    by_default: bool = False

    @property
    def known(self) -> bool:
        """Whether the table came to a result."""
        return not self.missing and not self.fault


class Faulty(Exception):
    """The table cannot decide."""


def when(row: int, column: int) -> str:
    """The name of a condition: its place in the definition."""
    return f"rows[{row}].when[{column}]"


def then(row: int, column: int) -> str:
    """The name of a result: its place in the definition."""
    return f"rows[{row}].then[{column}]"


def default(column: int) -> str:
    """The name of a result of the default."""
    return f"default[{column}]"


def decide(table: DecisionTable, ask: Ask) -> Decision:
    """The decision; `ask` says what the rule of a cell gives, by its name."""
    missing: dict[str, None] = {}
    hits: list[int] = []
    try:
        for row in range(len(table.rows)):
            if _hits(table, row, ask, missing):
                hits.append(row)
                if table.hit_policy == "first":
                    break
        if not hits:
            return _without_hits(table, ask, tuple(missing))
        results, absent = _results(table, hits, ask)
        if absent:
            return Decision(hits=tuple(hits), missing=absent)
        value, decided = _valued(table, hits, results)
    except Faulty as stopped:
        return Decision(hits=tuple(hits), fault=str(stopped))
    return Decision(value, tuple(decided))


def _hits(table: DecisionTable, row: int, ask: Ask, missing: dict[str, None]) -> bool:
    """Whether a row holds; what is missing counts only where no other cell of the row fails."""
    absent: list[str] = []
    for column, text in enumerate(table.rows[row].when):
        if text == "-":
            continue
        outcome = ask(when(row, column))
        if outcome.fault:
            raise Faulty(f"row {row + 1}, condition {column + 1}: {outcome.fault}")
        absent += outcome.missing
        if outcome.value is False:
            return False
    missing.update(dict.fromkeys(absent))
    return not absent


def _without_hits(table: DecisionTable, ask: Ask, missing: tuple[str, ...]) -> Decision:
    """No row holds. While an answer is missing, that is not yet known, and the default must wait."""
    if missing:
        return Decision(missing=missing)
    if table.default is not None:
        names = [default(column) for column in range(len(table.outputs))]
        result, absent = _asked(names, ask)
        value = _shaped(table, result)
        value = [value] if table.gives_many else value
        return Decision(missing=absent) if absent else Decision(value, by_default=True)
    if table.gives_many:
        return Decision([])
    if table.aggregation in ("count", "sum"):
        return Decision(Decimal(0) if table.outputs[0].type == "decimal" and _adds(table) else 0)
    return Decision()


def _adds(table: DecisionTable) -> bool:
    return table.aggregation == "sum"


def _results(table: DecisionTable, hits: Sequence[int], ask: Ask) -> tuple[list[Result], tuple[str, ...]]:
    found, absent = [], {}
    for row in hits:
        result, lacking = _asked([then(row, column) for column in range(len(table.outputs))], ask)
        found.append(result)
        absent.update(dict.fromkeys(lacking))
    return found, tuple(absent)


def _asked(names: Sequence[str], ask: Ask) -> tuple[Result, tuple[str, ...]]:
    outcomes = [(name, ask(name)) for name in names]
    for name, outcome in outcomes:
        if outcome.fault:
            raise Faulty(f"{name}: {outcome.fault}")
    return tuple(one.value for _, one in outcomes), tuple(gap for _, one in outcomes for gap in one.missing)


def _valued(table: DecisionTable, hits: Sequence[int], results: list[Result]) -> tuple[Any, Sequence[int]]:
    """The value by the hit policy, and the rows that it came from."""
    match table.hit_policy:
        case "unique" if len(hits) > 1:
            raise Faulty(f"rows {_listed(hits)} hold at once")
        case "any" if len(set(results)) > 1:
            raise Faulty(f"rows {_listed(hits)} hold at once and give different results")
        case "priority":
            best = min(range(len(hits)), key=lambda at: _rank(table.outputs, results[at]))
            return _shaped(table, results[best]), [hits[best]]
        case "output_order":
            order = sorted(range(len(hits)), key=lambda at: _rank(table.outputs, results[at]))
            return [_shaped(table, results[at]) for at in order], [hits[at] for at in order]
    if table.aggregation:
        return _collected(table.aggregation, [result[0] for result in results]), hits
    if table.gives_many:
        return [_shaped(table, result) for result in results], hits
    return _shaped(table, results[0]), hits


def _listed(hits: Sequence[int]) -> str:
    *others, last = [str(row + 1) for row in hits]
    return f"{', '.join(others)} and {last}" if others else last


def _collected(aggregation: str, values: list[Any]) -> Any:
    match aggregation:
        case "count":
            return len(values)
        case "min":
            return min(values)
        case "max":
            return max(values)
    return reduce(lambda one, other: one + other, values)


def _rank(outputs: Sequence[Output], result: Result) -> tuple[int, ...]:
    """The place of each result among the values of its column; what is not listed comes last."""
    ranks = []
    for output, value in zip(outputs, result, strict=True):
        order = [literal_of(text, output.type) for text in output.values]
        ranks.append(order.index(_comparable(value)) if _comparable(value) in order else len(order))
    return tuple(ranks)


def _comparable(value: Any) -> Literal:
    plain: Literal = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return plain


def _shaped(table: DecisionTable, result: Result) -> Any:
    if len(table.outputs) == 1:
        return result[0]
    return dict(zip((output.key for output in table.outputs), result, strict=True))


def stored(value: Any) -> Any:
    """A value as JSON holds it: decimals and dates as texts."""
    if isinstance(value, Mapping):
        return {key: stored(part) for key, part in value.items()}
    if isinstance(value, list):
        return [stored(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
