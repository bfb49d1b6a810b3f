"""What a source holds, as single pieces. Nothing here knows an importer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.core.problems import Part

Path = tuple[Part, ...]
PieceKind = Literal["page", "component", "option", "item", "condition", "link"]
EMPTY: tuple[Any, ...] = (None, "", [], {})
# the owner of what has no place in a form, and so has to be named
WHOLE = "\0"
# the owner of what the whole form is called
TITLE = "\0title"
WORD = re.compile(r"[^\W_]+")
UNSHOWN = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{2,6}|#[xX][0-9a-fA-F]{2,6});")


@dataclass(frozen=True)
class Piece:
    """One thing that must be kept, or named: where it stands, what it belongs to, and its value."""

    kind: PieceKind
    path: Path
    owner: str
    value: Any = None
    target: str = ""
    where: tuple[str, ...] = ()
    """The settings of ours one of which must hold the value; without any, it is looked for anywhere."""
    uses: tuple[Piece, ...] = ()
    """The places at which a condition of its own name is used: it is kept where one of them is."""
    by: tuple[Path, ...] = ()
    """The places by way of which alone it is met: it goes with any of them."""

    def __str__(self) -> str:
        text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return f"{self.kind} {text.removeprefix('.')} ({self.owner}: {str(self.value)[:60]})"


def leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The single values below a place that say something."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    elif value is False or value == 0 or not is_blank(value):
        yield path, value


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: it is not there, or only blanks are."""
    return value in EMPTY or (isinstance(value, str) and not value.strip())


def dicts(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a list with their places; anything else is not there."""
    return [
        (index, part)
        for index, part in enumerate(value if isinstance(value, list) else [])
        if isinstance(part, dict)
    ]


def words(text: str) -> set[str]:
    """The words of a text, without markup, capitals, signs and what cannot be shown."""
    shown = "".join(letter for letter in text if letter in "\n\t" or letter >= " ")
    bare = ENTITY.sub(" ", TAG.sub(" ", UNSHOWN.sub(" ", shown)))
    return {word.casefold() for word in WORD.findall(bare)}


def settings(holder: dict[Any, Any], at: Path, owner: str, without: Collection[str]) -> Iterator[Piece]:
    """A piece for every value of an object that says something; False says only that a thing is not so."""
    for word in holder:
        if word not in without:
            for place, value in leaves(holder[word], (*at, word)):
                if value is not False:
                    yield Piece("option", place, owner, value)


def strays(value: Any, at: Path) -> Iterator[Piece]:
    """What stands where objects are expected and is none."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            if not isinstance(part, dict):
                yield from settings({index: part}, at, WHOLE, ())
    elif at:
        yield from settings({at[-1]: value}, at[:-1], WHOLE, ())
