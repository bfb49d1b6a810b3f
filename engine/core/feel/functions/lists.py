"""Functions over lists; the first item is number 1."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from engine.core.feel.comparing import compare, equal
from engine.core.feel.operators import both, either
from engine.core.feel.scope import Run
from engine.core.feel.signatures import builtin
from engine.core.feel.values import Callable

Items = list[Any]


def _same(one: Any, other: Any) -> bool:
    return equal(one, other) is True


def _place(items: Items, position: Decimal) -> int:
    """The index of a place; raises ValueError for one that there is not."""
    index = int(position)
    if index == 0 or index != position or abs(index) > len(items):
        raise ValueError("no such place")
    return index - 1 if index > 0 else len(items) + index


@builtin("list contains", "list: list, element: any")
def contains(items: Items, element: Any) -> bool:
    """Whether an item is in a list."""
    return any(_same(item, element) for item in items)


@builtin("count", "list: list")
def count(items: Items) -> Decimal:
    """How many items."""
    return Decimal(len(items))


@builtin("min", "list: list...")
def least(items: Items) -> Any:
    """The smallest item."""
    return _extreme(items, -1)


@builtin("max", "list: list...")
def greatest(items: Items) -> Any:
    """The largest item."""
    return _extreme(items, 1)


def _extreme(items: Items, wanted: int) -> Any:
    best = items[0] if items else None
    for item in items:
        order = compare(item, best)
        if order is None:
            return None
        best = item if order == wanted else best
    return best


@builtin("all", "list: list...")
def every(items: Items) -> bool | None:
    """Whether all are true."""
    return both(items)


@builtin("any", "list: list...")
def some(items: Items) -> bool | None:
    """Whether one is true."""
    return either(items)


@builtin("sublist", "list: list, start position: number, length: number?")
def sublist(items: Items, start: Decimal, size: Decimal | None = None) -> Items | None:
    """A part of a list."""
    first = _place(items, start)
    last = len(items) if size is None else first + int(size)
    return items[first:last] if size is None or 1 <= size <= len(items) - first else None


@builtin("append", "list: list, item: any...")
def append(items: Items, more: Any) -> Items:
    """With more items behind."""
    return [*items, *more]


@builtin("concatenate", "list: list...")
def concatenate(lists: Items) -> Items | None:
    """Several lists one behind the other."""
    return [item for items in _lists(lists) for item in items]


@builtin("union", "list: list...")
def union(lists: Items) -> Items:
    """Several lists, every item once."""
    return distinct(concatenate(lists) or [])


def _lists(lists: Items) -> list[Items]:
    if any(items is None for items in lists):
        raise ValueError("not a list")
    if not any(isinstance(items, list) for items in lists):
        return [lists]
    return [items if isinstance(items, list) else [items] for items in lists]


@builtin("insert before", "list: list, position: number, newItem: any")
def insert(items: Items, position: Decimal, item: Any) -> Items:
    """With a new item at a place."""
    place = _place(items, position)
    return [*items[:place], item, *items[place:]]


@builtin("remove", "list: list, position: number")
def remove(items: Items, position: Decimal) -> Items:
    """Without the item at a place."""
    place = _place(items, position)
    return [*items[:place], *items[place + 1 :]]


@builtin("list replace", "list: list, position: number, newItem: any")
def replace_at(items: Items, position: Decimal, item: Any) -> Items:
    """With another item at a place."""
    place = _place(items, position)
    return [*items[:place], item, *items[place + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: any", with_run=True)
def replace_where(run: Run, items: Items, match: Callable, new: Any) -> Items | None:
    """With another item wherever a function says so."""
    said = [match.called([item, new], run) for item in items]
    if not all(isinstance(each, bool) for each in said):
        return None
    return [new if each else item for item, each in zip(items, said, strict=True)]


@builtin("reverse", "list: list")
def backwards(items: Items) -> Items:
    """The last item first."""
    return items[::-1]


@builtin("index of", "list: list, match: any")
def places(items: Items, match: Any) -> Items:
    """All places of an item."""
    return [Decimal(place) for place, item in enumerate(items, 1) if _same(item, match)]


@builtin("distinct values", "list: list", with_run=True)
def distinct_values(run: Run, items: Items) -> Items:
    """Every item once."""
    run.tick(len(items) * 10)
    return distinct(items)


def distinct(items: Items) -> Items:
    """Every item once, where it stands first."""
    found: Items = []
    for item in items:
        if not any(_same(item, other) for other in found):
            found.append(item)
    return found


@builtin("flatten", "list: list")
def flatten(items: Items) -> Items:
    """Lists inside become part of the list."""
    return [inner for item in items for inner in (flatten(item) if isinstance(item, list) else [item])]


@builtin("sort", "list: list, precedes: function?", with_run=True)
def in_order(run: Run, items: Items, precedes: Callable | None = None) -> Items | None:
    """In the order that a function says; without one from the smallest."""
    if precedes is None:
        orders = [compare(items[0], item) for item in items]
        return None if None in orders else sorted(items, key=cmp_to_key(lambda a, b: compare(a, b) or 0))

    def order(one: Any, other: Any) -> int:
        run.tick()
        if precedes.called([one, other], run) is True:
            return -1
        return 1 if precedes.called([other, one], run) is True else 0

    return sorted(items, key=cmp_to_key(order))
