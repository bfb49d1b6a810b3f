"""What another machine could answer so that a step can keep what it wants to keep."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any


def body_for(keep: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    """A JSON document with a value of the right kind at every place that is kept."""
    body: dict[str, Any] = {}
    for kept in keep.values():
        _put(body, kept.at, _value(kept.type, chance))
    return body


def _put(body: dict[str, Any], pointer: str, value: Any) -> None:
    """Set a value at a JSON pointer; lists become groups with numbers, which pointers read alike."""
    *groups, last = pointer.removeprefix("/").split("/") or [""]
    for name in groups:
        inner = body.setdefault(_plain(name), {})
        if not isinstance(inner, dict):
            return
        body = inner
    body[_plain(last)] = value


def _plain(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")


def _value(kind: str, chance: Random) -> Any:
    match kind:
        case "integer":
            return chance.randint(0, 1_000)
        case "decimal":
            return f"{chance.randint(0, 100_000) / 100:.2f}"
        case "yes_no":
            return chance.random() < 0.5
        case "date":
            return f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        case "choices":
            return [chance.choice(("a", "b"))]
    return chance.choice(("a", "b", "approved", "refused"))
