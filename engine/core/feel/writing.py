"""Values as FEEL writes them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.core.feel.names import WORD
from engine.core.feel.values import Callable, Range

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(value: Any, *, inside: bool = False) -> str:
    """A value as text; a text inside something else stands in quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case str():
            return quoted(value) if inside else value
        case list():
            return f"[{', '.join(write(item, inside=True) for item in value)}]"
        case Mapping():
            entries = (f"{_key(name)}: {write(content, inside=True)}" for name, content in value.items())
            return f"{{{', '.join(entries)}}}"
        case Range():
            return _range(value)
        case Callable():
            return f"function({', '.join(value.names)})"
    return f'@"{value}"' if inside else str(value)


def quoted(text: str) -> str:
    """A text as it is written out."""
    return f'"{"".join(ESCAPES.get(letter, letter) for letter in text)}"'


def _key(name: str) -> str:
    """A name of plain words needs no quotes."""
    return name if name and all(WORD.fullmatch(word) for word in name.split(" ")) else quoted(name)


def _range(value: Range) -> str:
    if value.low is None or value.high is None:
        sign, end = ("<", value.high) if value.low is None else (">", value.low)
        included = value.high_included if value.low is None else value.low_included
        return f"({sign}{'=' if included else ''} {write(end, inside=True)})"
    low, high = (write(end, inside=True) for end in (value.low, value.high))
    return f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}"
