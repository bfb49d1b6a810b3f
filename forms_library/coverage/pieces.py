"""What a source holds, as single pieces. Nothing here knows an importer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.core.problems import Part

Path = tuple[Part, ...]
PieceKind = Literal["page", "component", "option", "item", "condition", "link"]
EMPTY: tuple[Any, ...] = (None, "", [], {})
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Piece:
    """One thing that must be kept, or named: where it stands, what it belongs to, and its value."""

    kind: PieceKind
    path: Path
    owner: str
    value: Any = None
    target: str = ""

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
    elif value not in EMPTY or value is False or value == 0:
        yield path, value


def dicts(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a list with their places; anything else is not there."""
    return [
        (index, part)
        for index, part in enumerate(value if isinstance(value, list) else [])
        if isinstance(part, dict)
    ]


def words(text: str) -> set[str]:
    """The words of a text, without markup, capitals and signs."""
    bare = re.sub(
        r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>", " ", text, flags=re.DOTALL | re.IGNORECASE
    )
    bare = re.sub(r"</?[a-zA-Z][^<>]*>", " ", bare)
    bare = re.sub(r"&(?:nbsp|#160|amp|lt|gt|quot|#39|rsquo|lsquo|ndash|pound);", " ", bare)
    return {word.casefold() for word in WORD.findall(bare)}
