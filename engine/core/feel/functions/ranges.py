"""How points and ranges stand to each other.

Every end is a pair: its value, and whether it lies just before (-1), on (0) or just behind (1) that value.
A point begins and ends on itself. So each relation is one comparison of ends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.core.feel.comparing import compare
from engine.core.feel.signatures import builtin
from engine.core.feel.values import Range

Edge = tuple[Any, int]
Edges = tuple[Edge, Edge]
FAR = 2  # an end without limit


def _edges(value: Any) -> Edges:
    if not isinstance(value, Range):
        return (value, 0), (value, 0)
    low = (None, -FAR) if value.low is None else (value.low, 0 if value.low_included else 1)
    high = (None, FAR) if value.high is None else (value.high, 0 if value.high_included else -1)
    return low, high


def _order(one: Edge, other: Edge) -> int:
    """-1, 0 or 1; raises ValueError for values without an order."""
    if abs(one[1]) == FAR or abs(other[1]) == FAR:
        far_one, far_other = (edge[1] if abs(edge[1]) == FAR else 0 for edge in (one, other))
        return (far_one > far_other) - (far_one < far_other)
    order = compare(one[0], other[0])
    if order is None:
        raise ValueError("these have no order")
    return order or (one[1] > other[1]) - (one[1] < other[1])


def _before(one: Edges, other: Edges) -> bool:
    return _order(one[1], other[0]) < 0


def _meets(one: Edges, other: Edges) -> bool:
    return _order(one[1], other[0]) == 0


def _overlaps(one: Edges, other: Edges) -> bool:
    return _order(one[1], other[0]) >= 0 and _order(one[0], other[1]) <= 0


def _overlaps_before(one: Edges, other: Edges) -> bool:
    return _order(one[0], other[0]) < 0 and _order(one[1], other[0]) >= 0 and _order(one[1], other[1]) <= 0


def _finishes(one: Edges, other: Edges) -> bool:
    return _order(one[1], other[1]) == 0 and _order(one[0], other[0]) >= 0


def _starts(one: Edges, other: Edges) -> bool:
    return _order(one[0], other[0]) == 0 and _order(one[1], other[1]) <= 0


def _includes(one: Edges, other: Edges) -> bool:
    return _order(one[0], other[0]) <= 0 and _order(one[1], other[1]) >= 0


def _coincides(one: Edges, other: Edges) -> bool:
    return _order(one[0], other[0]) == 0 and _order(one[1], other[1]) == 0


Relation = Callable[[Edges, Edges], bool]
# name, name the other way round, relation, what may stand on each side: p a point, r a range
RELATIONS: tuple[tuple[str, str, Relation, str], ...] = (
    ("before", "after", _before, "pp pr rp rr"),
    ("meets", "met by", _meets, "rr"),
    ("overlaps", "", _overlaps, "rr"),
    ("overlaps before", "overlaps after", _overlaps_before, "rr"),
    ("finishes", "finished by", _finishes, "pr rr"),
    ("starts", "started by", _starts, "pr rr"),
    ("includes", "during", _includes, "rp rr"),
    ("coincides", "", _coincides, "pp rr"),
)


def _declare(name: str, relation: Relation, sides: str, *, turned: bool) -> None:
    allowed = {side[::-1] if turned else side for side in sides.split()}

    def related(one: Any, other: Any) -> bool | None:
        shape = "".join("r" if isinstance(value, Range) else "p" for value in (one, other))
        if one is None or other is None or shape not in allowed:
            return None
        first, second = _edges(one), _edges(other)
        return relation(second, first) if turned else relation(first, second)

    for first, second in SPOKEN.get(name, [("range1", "range2")]):
        builtin(name, f"{first}: any, {second}: any")(related)


POINT_FIRST, RANGE_FIRST = ("point", "range"), ("range", "point")
SPOKEN = {
    "before": [("point1", "point2"), POINT_FIRST, RANGE_FIRST, ("range1", "range2")],
    "after": [("point1", "point2"), POINT_FIRST, RANGE_FIRST, ("range1", "range2")],
    "coincides": [("point1", "point2"), ("range1", "range2")],
    "finishes": [POINT_FIRST, ("range1", "range2")],
    "starts": [POINT_FIRST, ("range1", "range2")],
    "during": [POINT_FIRST, ("range1", "range2")],
    "finished by": [RANGE_FIRST, ("range1", "range2")],
    "started by": [RANGE_FIRST, ("range1", "range2")],
    "includes": [RANGE_FIRST, ("range1", "range2")],
}
for _name, _turned, _relation, _sides in RELATIONS:
    _declare(_name, _relation, _sides, turned=False)
    if _turned:
        _declare(_turned, _relation, _sides, turned=True)
