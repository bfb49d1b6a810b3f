"""Where work at each step of the old version goes on: by key and kind, and what means something else now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from workflows.compiler import build_flow, flow_for
from workflows.models import WorkKind
from workflows.node_type import NodeOptions, node_types
from workflows.selectors.versions import Version

CANCELLED = ""  # instead of a step: what is open there is cancelled
KEPT = 64
FEW = 4
WORDS = frozenset({"title", "status_text", "label", "origin"})  # what is said, not what it means
FOUND = ("JOIN",)  # where these go on is found by the ways that come together there
How = Literal["same", "changed", "gone"]


@dataclass(frozen=True)
class Match:
    """A step of the old version, the step that takes its place, and the settings that differ."""

    key: str
    how: How
    to: str
    changed: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@lru_cache(maxsize=KEPT)
def matches(old: Version, new: Version) -> Mapping[str, Match]:
    """Every step of the old version at which a case can rest, in the order in which they are written."""
    return {key: _match(key, old, new) for key in _resting(old)}


def flow_of(version: Version) -> Any:
    """The compiled workflow of a version."""
    return flow_for(version.service_id, version.number) if version.id else _flow_to_be(version)


@lru_cache(maxsize=FEW)
def _flow_to_be(version: Version) -> Any:
    return build_flow(version.package, version.service_id, version.number)


def _resting(version: Version) -> Iterator[str]:
    for step in flow_of(version).steps():
        kind = step.node_type
        if (kind.waits or kind.has_deadlines) and step.task_type not in FOUND:
            yield step.node_key


def _match(key: str, old: Version, new: Version) -> Match:
    before, after = old.package.nodes[key], new.package.nodes.get(key)
    choices = tuple(_choices(key, old, new))
    if after is None or after.type != before.type or key not in choices:
        return Match(key, "gone", _renamed(before, old, choices, new), (), choices)
    changed = tuple(changed_settings(before, after))
    return Match(key, "changed" if changed else "same", key, changed, choices)


def _choices(key: str, old: Version, new: Version) -> Iterator[str]:
    """The steps of the new version that can go on with such work; what a clerk does, any step of a clerk."""
    before = flow_of(old).step(key)
    for step in flow_of(new).steps():
        same = step.options.type == before.options.type or before.kind == WorkKind.PERSON
        goes_on = step.kind != WorkKind.AFTER  # an open case would rest where others have ended
        if same and goes_on and step.task_type == before.task_type:
            yield step.node_key


def _renamed(before: NodeOptions, old: Version, choices: tuple[str, ...], new: Version) -> str:
    """The one new step of the same kind with the same title; empty where none is."""
    found = [
        key
        for key in choices
        if key not in old.package.nodes
        and new.package.nodes[key].type == before.type
        and new.package.nodes[key].title == before.title
    ]
    return found[0] if len(found) == 1 and before.title else ""


def changed_settings(before: NodeOptions, after: NodeOptions) -> Iterator[str]:
    """The names of the settings that mean something else; words and where a way leads are left out."""
    old, new = meaning_of(before), meaning_of(after)
    yield from (name for name in {**old, **new} if old.get(name) != new.get(name))


def meaning_of(options: NodeOptions) -> dict[str, Any]:
    """The settings of a step without its words and without where its ways lead."""
    found: dict[str, Any] = options.model_dump(by_alias=True)
    for edge in node_types[options.type].targets(options):
        _take_out(found, edge.place)
    return {name: _without_words(value) for name, value in found.items() if name not in WORDS | {"key"}}


def _take_out(settings: Any, place: tuple[str | int, ...]) -> None:
    *way, last = place
    for part in way:
        settings = settings[part] if isinstance(part, int) else settings.get(part)
        if settings is None:
            return
    if isinstance(settings, dict):
        settings.pop(last, None)


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_words(part) for name, part in value.items() if name not in WORDS}
    return [_without_words(part) for part in value] if isinstance(value, list) else value
