"""What a DIGIT definition holds, counted from the source itself and not by the importer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Way:
    """One transition of the source."""

    state: str
    action: str
    roles: frozenset[str]
    target: str


@dataclass
class Inventory:
    """States, transitions and times; the nameless state is the empty name.

    Dead are the transitions that nobody may take or that lead nowhere: they are told, not carried.
    """

    states: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    dead: list[Way] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=dict)
    whole: int = 0

    @property
    def roles(self) -> set[str]:
        """Every role that is named."""
        return {role for way in self.ways for role in way.roles}


def inventory_of(definition: dict[str, Any]) -> Inventory:
    """Count a definition."""
    found, states = Inventory(whole=_length(definition.get("businessServiceSla"))), list(_states(definition))
    by_uuid = {text(state.get("uuid")): text(state.get("state")) for state in states if state.get("uuid")}
    for state in states:
        name = text(state.get("state"))
        if name not in found.states:
            found.states.append(name)
        if _length(state.get("sla")):
            found.times[name] = _length(state.get("sla"))
        for action in state.get("actions") or []:
            if isinstance(action, dict):
                target = text(action.get("nextState"))
                roles = frozenset(_roles(action.get("roles")))
                way = Way(name, text(action.get("action")), roles, by_uuid.get(target, target))
                (found.ways if roles and target else found.dead).append(way)
    return found


def text(value: Any) -> str:
    """A name of the source; what is neither a text nor a number names nothing."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _states(definition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    listed = definition.get("states")
    for key, state in listed.items() if isinstance(listed, dict) else enumerate(listed or []):
        if isinstance(state, dict):
            yield {"state": key, **state} if isinstance(key, str) else state


def _roles(listed: Any) -> Iterator[str]:
    for role in [listed] if isinstance(listed, str) else listed or []:
        named = role.get("code") or role.get("name") if isinstance(role, dict) else role
        yield from (part.strip() for part in text(named).split(",") if part.strip())


def _length(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else 0
