"""Damage that any document may suffer: words that go missing, are doubled, or say something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Step = Callable[[Any, Random], None]
ODD: tuple[Any, ...] = (
    None, "", " ", "x", "gone", "<b>bold</b> & <script>alert(1)</script>", "{{ name }}",
    "Zoë Ünïcødé 漢字 نص", "x" * 3_000, "a\u0000b\u200b", 0, 1, -1, 2.5, 10**12, True, False, [], {}, ["a"],
    [None, 1], {"a": 1}, {"en": "Text", "cy": "Testun"}, "true", "12",
)  # fmt: skip


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder with a word or number under which something stands."""
    found = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(found):
        yield value, key
        yield from places(part)


def _some(document: Any, random: Random) -> tuple[Any, Any]:
    return random.choice(list(places(document)) or [({"x": 1}, "x")])


def drop(document: Any, random: Random) -> None:
    """A word or a part of a list is gone."""
    holder, key = _some(document, random)
    del holder[key]


def odd(document: Any, random: Random) -> None:
    """Something else stands there."""
    holder, key = _some(document, random)
    holder[key] = copied(random.choice(ODD))


def double(document: Any, random: Random) -> None:
    """A part of a list stands there twice."""
    lists = [holder[key] for holder, key in places(document) if isinstance(holder[key], list) and holder[key]]
    if lists:
        found = random.choice(lists)
        found.insert(random.randrange(len(found) + 1), copied(random.choice(found)))


def turn(document: Any, random: Random) -> None:
    """A list stands in another order."""
    lists = [holder[key] for holder, key in places(document) if isinstance(holder[key], list)]
    if lists:
        random.shuffle(random.choice(lists))


def borrow(document: Any, random: Random) -> None:
    """What stands under the same word elsewhere: two of one name, a way to another page."""
    holder, key = _some(document, random)
    others = [other[key] for other, word in places(document) if word == key and isinstance(key, str)]
    if others:
        holder[key] = copied(random.choice(others))


def say(document: Any, random: Random) -> None:
    """A word that nobody knows."""
    holders = [holder[key] for holder, key in places(document) if isinstance(holder[key], dict)]
    if holders:
        word = random.choice(["somethingNew", "x-odd", "note", "i18n"])
        random.choice(holders)[word] = copied(random.choice(ODD))


GENERAL: tuple[Step, ...] = (drop, drop, odd, double, turn, borrow, say)


def copied(value: Any) -> Any:
    """A copy all the way down."""
    if isinstance(value, dict):
        return {key: copied(part) for key, part in value.items()}
    return [copied(part) for part in value] if isinstance(value, list) else value


def damaged(document: Any, seed: int, steps: tuple[Step, ...], most: int = 6) -> Any:
    """The document with some damage; the same seed does the same."""
    random, made = Random(seed), copied(document)
    for _ in range(random.randint(1, most)):
        random.choice(steps)(made, random)
    return made
