"""Where definitions of DIGIT lie in a file: alone, in lists, requests, master data or collections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.core.problems import Part

DEEPEST = 24
MARKS = ("isStartState", "isTerminateState", "applicationStatus", "actions", "state", "nextState")
# what says something about the request or its answer, not about a workflow
AROUND = frozenset({"RequestInfo", "requestInfo", "ResponseInfo", "responseInfo", "tenantId", "moduleName"})


@dataclass(frozen=True)
class Found:
    """One definition at its place; `holder` is the service of DIGIT Studio that it belongs to."""

    definition: dict[str, Any]
    path: tuple[Part, ...]
    holder: dict[str, Any] | None = None
    holder_path: tuple[Part, ...] = ()


def definitions(document: Any) -> list[Found]:
    """Every definition in a document, in its order."""
    return list(_search(document, (), None, ()))


def is_definition(value: Any) -> bool:
    """Whether an object describes states with actions."""
    states = value.get("states") if isinstance(value, dict) else None
    listed = states.values() if isinstance(states, dict) else states if isinstance(states, list) else ()
    objects = [state for state in listed if isinstance(state, dict)]
    return any(mark in state for state in objects for mark in MARKS)


def _search(
    value: Any, path: tuple[Part, ...], holder: dict[str, Any] | None, holder_path: tuple[Part, ...]
) -> Iterator[Found]:
    if len(path) > DEEPEST:
        return
    if is_definition(value):
        yield Found(value, path, holder, holder_path)
        return
    if isinstance(value, str):
        value = _inside(value)
    if isinstance(value, dict):
        if "workflow" in value and ("service" in value or "module" in value):
            holder, holder_path = value, path
        for key, part in value.items():
            yield from _search(part, (*path, key), holder, holder_path)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _search(part, (*path, number), holder, holder_path)


def _inside(text: str) -> Any:
    """The body of a request that a collection keeps as text."""
    start = text.find("{")
    if start < 0 or '"states"' not in text:
        return None
    try:
        return json.JSONDecoder().raw_decode(text[start:])[0]
    except (ValueError, RecursionError):
        return None


def beside(document: Any, found: list[Found]) -> Iterator[tuple[tuple[Part, ...], Any]]:
    """What stands around the definitions and is none of them, each with its place."""
    holders = {each.holder_path for each in found if each.holder is not None}
    yield from _around(document, (), {each.path for each in found}, holders)


def _around(
    value: Any, path: tuple[Part, ...], inside: set[tuple[Part, ...]], holders: set[tuple[Part, ...]]
) -> Iterator[tuple[tuple[Part, ...], Any]]:
    if path in inside or path in holders:
        return
    if not any(place[: len(path)] == path for place in inside):
        if path[-1] not in AROUND and value not in (None, "", [], {}):
            yield path, value
        return
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _around(part, (*path, key), inside, holders)
