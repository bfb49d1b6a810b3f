"""Two people changed the same service: what each did is put together, by the keys of its parts.

Pages, questions, steps and choices are known by their `key`, texts by their language, everything else by its
name. Only what both changed, each in another way, is a conflict: there the newest document keeps what is
saved, and whoever saves later sees both and chooses. Nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
GONE: Any = object()
"""Stands for a part that one side has not."""


@dataclass(frozen=True)
class Conflict:
    """One part that both changed; None stands for a part that is gone."""

    path: Path
    base: Any
    theirs: Any
    mine: Any


@dataclass
class Merged:
    """The document with the changes of both, what came from the others, and what is left to choose."""

    document: Any
    from_others: list[Path] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Any, theirs: Any, mine: Any) -> Merged:
    """The changes from `base` to `mine` put upon `theirs`."""
    merger = _Merger()
    document = merger.part(base, theirs, mine, ())
    merged = Merged(None if document is GONE else document)
    merged.from_others = [_place(merged.document, path) for path in merger.from_others]
    merged.conflicts = [
        Conflict(_place(merged.document, path), *(None if one is GONE else one for one in sides))
        for path, *sides in merger.conflicts
    ]
    return merged


@dataclass(frozen=True)
class _Key:
    """A step of a path into a list whose items have keys."""

    key: str


class _Merger:
    def __init__(self) -> None:
        self.from_others: list[tuple[Any, ...]] = []
        self.conflicts: list[tuple[Any, ...]] = []

    def part(self, base: Any, theirs: Any, mine: Any, path: tuple[Any, ...]) -> Any:
        """One part of the document, merged."""
        if same(mine, theirs) or same(mine, base):
            if not same(theirs, base) and not same(mine, theirs):
                self.from_others.append(path)
            return theirs
        if same(theirs, base):
            return mine
        if isinstance(theirs, dict) and isinstance(mine, dict):
            return self.group(base if isinstance(base, dict) else {}, theirs, mine, path)
        if keyed(theirs) and keyed(mine) and (keyed(base) or base is GONE):
            return self.items([] if base is GONE else base, theirs, mine, path)
        self.conflicts.append((path, base, theirs, mine))
        return theirs

    def group(
        self, base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], path: tuple[Any, ...]
    ) -> dict[str, Any]:
        """Name by name; names of both stay where they stood, mine that are new follow."""
        found = {}
        for name in [*theirs, *(name for name in mine if name not in theirs)]:
            was, their, my = (one.get(name, GONE) for one in (base, theirs, mine))
            value = self.part(was, their, my, (*path, name))
            if value is not GONE:
                found[name] = value
        return found

    def items(self, base: list[Any], theirs: list[Any], mine: list[Any], path: tuple[Any, ...]) -> list[Any]:
        """Key by key, in an order that both would know again."""
        old, left, right = ({item["key"]: item for item in one} for one in (base, theirs, mine))
        found = {}
        for key in dict.fromkeys([*left, *right]):
            value = self.part(
                old.get(key, GONE), left.get(key, GONE), right.get(key, GONE), (*path, _Key(key))
            )
            if value is not GONE:
                found[key] = value
        return [found[key] for key in self.order(list(old), list(left), list(right), path) if key in found]

    def order(self, base: list[str], theirs: list[str], mine: list[str], path: tuple[Any, ...]) -> list[str]:
        """The order of one side, with what only the other has put behind what it followed there."""
        common = set(base) & set(theirs) & set(mine)
        was, their, my = ([key for key in one if key in common] for one in (base, theirs, mine))
        if my not in (was, their) and their != was:
            self.conflicts.append((path, base, theirs, mine))
        leads, follows = (mine, theirs) if their == was and my != was else (theirs, mine)
        found = list(leads)
        for number, key in enumerate(follows):
            if key not in leads:
                before = next((one for one in reversed(follows[:number]) if one in found), None)
                found.insert(found.index(before) + 1 if before is not None else 0, key)
        return found


def same(one: Any, other: Any) -> bool:
    """Equal, where true and 1 are different."""
    if one is GONE or other is GONE:
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def keyed(value: Any) -> bool:
    """Whether a value is a list whose items have keys, each another."""
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        return False
    keys = [item.get("key") for item in value]
    return all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys)


def _place(document: Any, path: tuple[Any, ...]) -> Path:
    """A path with the places that items have in this document; the key of an item that it has not."""
    found: list[str | int] = []
    at = document
    for step in path:
        if isinstance(step, _Key):
            items = at if isinstance(at, list) else []
            number = next((n for n, item in enumerate(items) if item.get("key") == step.key), None)
            found.append(step.key if number is None else number)
            at = None if number is None else items[number]
        else:
            found.append(step)
            at = at.get(step) if isinstance(at, dict) else None
    return tuple(found)
