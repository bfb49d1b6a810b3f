"""Gaps and overlaps of a table: answers for which no rule holds, or more than one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from engine.core.decisions.cells import Cell
from engine.core.decisions.definition import DecisionTable, Input
from engine.core.decisions.domains import Piece, pieces, says
from engine.core.problems import Problems

Example = tuple[Piece, ...]
AT_MOST = 5
STEPS = 20_000


class TooLarge(Exception):
    """The search for gaps took too many steps."""


@dataclass(frozen=True)
class Grid:
    """For each column its pieces, and for each piece the rows that hold, and that perhaps hold, as bits."""

    columns: Sequence[Sequence[Piece]]
    surely: Sequence[Sequence[int]]
    perhaps: Sequence[Sequence[int]]

    def gap(self, rows: int, within: int | None = None) -> Iterator[Example]:
        """Examples for which none of the rows can hold; with `within`, only where that row surely holds."""
        steps = [0]
        yield from self._gap(0, rows, within, steps, ())

    def _gap(
        self, column: int, rows: int, within: int | None, steps: list[int], before: Example
    ) -> Iterator[Example]:
        steps[0] += 1
        if steps[0] > STEPS:
            raise TooLarge
        if column == len(self.columns):
            if not rows:
                yield before
            return
        seen = set()
        for number, piece in enumerate(self.columns[column]):
            if within is not None and not self.surely[column][number] >> within & 1:
                continue
            left = rows & self.perhaps[column][number]
            if left not in seen:
                seen.add(left)
                yield from self._gap(column + 1, left, within, steps, (*before, piece))

    def both(self, first: int, second: int) -> Example | None:
        """An example for which two rows surely hold."""
        example: list[Piece] = []
        wanted = 1 << first | 1 << second
        for column, masks in zip(self.columns, self.surely, strict=True):
            at = next((n for n, mask in enumerate(masks) if mask & wanted == wanted), None)
            if at is None:
                return None
            example.append(column[at])
        return tuple(example)


def grid_of(table: DecisionTable, cells: Sequence[Sequence[Cell]]) -> Grid:
    """The pieces of every column and what each row says about them."""
    columns, surely, perhaps = [], [], []
    for number, column in enumerate(table.inputs):
        here = [row[number] for row in cells]
        found = pieces(column, here)
        said = [[says(cell, piece) for cell in here] for piece in found]
        columns.append(found)
        surely.append([_bits(answer is True for answer in answers) for answers in said])
        perhaps.append([_bits(answer is not False for answer in answers) for answers in said])
    return Grid(columns, surely, perhaps)


def _bits(flags: Iterator[bool] | Sequence[bool]) -> int:
    return sum(1 << number for number, flag in enumerate(flags) if flag)


def check_coverage(table: DecisionTable, cells: Sequence[Sequence[Cell]], problems: Problems) -> None:
    """Note gaps, overlaps and rows that can never decide, each with an example."""
    grid = grid_of(table, cells)
    _overlaps(table, grid, problems)
    try:
        _gaps(table, grid, problems)
        if table.hit_policy == "first":
            _never(table, grid, problems)
    except TooLarge:
        problems.look("not_checked", "The table is too large to look for gaps in all of it.")


def _overlaps(table: DecisionTable, grid: Grid, problems: Problems) -> None:
    if table.hit_policy not in ("unique", "any"):
        return
    found = 0
    for first, second in combinations(range(len(table.rows)), 2):
        if table.hit_policy == "any" and table.rows[first].then == table.rows[second].then:
            continue
        example = grid.both(first, second)
        if example is not None and found < AT_MOST:
            found += 1
            problems.at("rows", second).mend(
                "overlap", f"Rows {first + 1} and {second + 1} both hold for {_shown(table, example)}."
            )


def _gaps(table: DecisionTable, grid: Grid, problems: Problems) -> None:
    if table.default is not None or table.gives_many or table.aggregation:
        return
    every = (1 << len(table.rows)) - 1
    for number, example in enumerate(grid.gap(every)):
        if number == AT_MOST:
            break
        problems.at("rows").look("gap", f"No row holds for {_shown(table, example)}.")


def _never(table: DecisionTable, grid: Grid, problems: Problems) -> None:
    """Rows of a "first" table that earlier rows leave nothing to."""
    sure = Grid(grid.columns, grid.surely, grid.surely)
    for number in range(1, len(table.rows)):
        if _opaque(grid, number):
            continue
        if next(sure.gap((1 << number) - 1, within=number), None) is None:
            problems.at("rows", number).look(
                "never", f"Row {number + 1} never decides: the rows before it take all that it takes."
            )


def _opaque(grid: Grid, row: int) -> bool:
    return any(
        (sure ^ perhaps) >> row & 1
        for surely, may in zip(grid.surely, grid.perhaps, strict=True)
        for sure, perhaps in zip(surely, may, strict=True)
    )


def _shown(table: DecisionTable, example: Example) -> str:
    pairs = zip(table.inputs, example, strict=True)
    return ", ".join(f"{_name(column)} = {_value(piece)}" for column, piece in pairs)


def _name(column: Input) -> str:
    return str(column.label) if column.label else column.expression


def _value(piece: Piece) -> str:
    match piece:
        case None:
            return "any other text"
        case bool():
            return "yes" if piece else "no"
        case frozenset():
            return f"[{', '.join(sorted(piece))}]"
        case str():
            return f'"{piece}"'
        case date():
            return piece.isoformat()
    return f"{piece.normalize():f}"
