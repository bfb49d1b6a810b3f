"""What an input can be, cut into pieces inside which every cell of its column says the same."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from engine.core.decisions.cells import Cell, Comparison, Literal, literal_of
from engine.core.decisions.definition import Input

Piece: TypeAlias = Literal | frozenset[str] | None
"""One value for each piece; None is any text that the column does not name."""
ONE = Decimal(1)
# more chosen values at once than this are not checked
TOGETHER = 6


def pieces(column: Input, cells: Sequence[Cell]) -> list[Piece]:
    """A value of every piece, so that what holds for these holds for all."""
    named = [part.literal for cell in cells for test in cell.tests for part in test]
    known = [literal for literal in named if literal is not None]
    match column.type:
        case "yes_no":
            return [True, False]
        case "text":
            return _texts(column, known)
        case "choices":
            texts = sorted({literal for literal in known if isinstance(literal, str)})[:TOGETHER]
            chosen = (combinations(texts, size) for size in range(len(texts) + 1))
            return [frozenset(some) for group in chosen for some in group]
    bounds = [literal_of(text, column.type) for text in (column.minimum, column.maximum) if text]
    points = _points([*known, *(bound for bound in bounds if bound is not None)], column.type != "decimal")
    if column.type == "date":
        days = [date.fromordinal(int(point)) for point in points if 1 <= point <= date.max.toordinal()]
        return [day for day in days if _within(day, column)]
    return [point for point in points if _within(point, column)]


def _texts(column: Input, known: Iterable[Literal]) -> list[Piece]:
    if column.values:
        return [literal_of(text, "text") for text in column.values]
    return [*dict.fromkeys(known), None]


def _points(bounds: Iterable[Literal], whole: bool) -> list[Decimal]:
    """Each boundary, one value between two of them, and one beyond each end."""
    marks = sorted({Decimal(b.toordinal()) if isinstance(b, date) else Decimal(str(b)) for b in bounds})
    if not marks:
        return [Decimal(date(2000, 1, 1).toordinal() if whole else 0)]
    found = [marks[0] - ONE]
    for here, following in zip(marks, [*marks[1:], marks[-1] + 2], strict=True):
        found.append(here)
        if not whole:
            found.append((here + following) / 2)
        elif following - here > ONE:
            found.append(here + ONE)
    return found


def _within(value: Literal, column: Input) -> bool:
    bounds = (("minimum", ">="), ("maximum", "<="))
    return all(
        compare(value, Comparison(operator, "", literal_of(text, column.type))) is not False
        for name, operator in bounds
        if (text := getattr(column, name))
    )


def says(cell: Cell, piece: Piece) -> bool | None:
    """Whether a cell holds for a piece; None where only a run can tell."""
    if cell.takes_all:
        return True
    if cell.rule:
        return None
    found = _any(_all(compare(piece, part) for part in test) for test in cell.tests)
    return found if found is None or not cell.negated else not found


def compare(piece: Piece, part: Comparison) -> bool | None:
    """One comparison with a value that is written out."""
    literal = part.literal
    if literal is None:
        return None
    if isinstance(piece, frozenset):
        return (literal in piece) == (part.operator == "==")
    if part.operator in ("==", "!="):
        return (piece == literal) == (part.operator == "==")
    if isinstance(piece, str | bool) or piece is None:
        return None
    order = (piece > literal) - (piece < literal)  # type: ignore[operator]
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[part.operator]


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return False if False in found else None if None in found else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return True if True in found else None if None in found else False
