"""W1: every state, transition, role and time of the source is in the package, by the name it had there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from engine.core.worktime import Span
from forms_library.coverage.measuring import Share
from workflows.coverage.inventory import Inventory, Way
from workflows.definition import ServicePackage
from workflows.importing.digit_roles import EVERYBODY

UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
A_MINUTE = 60_000


def kept(inventory: Inventory, package: ServicePackage) -> Share:
    """How much of the source stands in the package."""
    checks = list(_checks(inventory, package))
    short = tuple(sentence for good, sentence in checks if not good)
    return Share(len(checks) - len(short), len(checks), short)


def _checks(inventory: Inventory, package: ServicePackage) -> Iterator[tuple[bool, str]]:
    named = _by_origin(package)
    roles = {role.origin: key for key, role in package.roles.items() if role.origin}
    for state in inventory.states:
        yield state in named, f'the state "{state}" is missing'
    for role in sorted(inventory.roles - {EVERYBODY}):
        yield role in roles, f'the role "{role}" is missing'
    for way in inventory.ways:
        yield (
            _is_there(way, named, roles),
            f'the action "{way.action}" of "{way.state}" to "{way.target}" is not as it was',
        )
    for state, length in inventory.times.items():
        due = getattr(named.get(state), "due", None)
        yield due is not None and _is(due, length), f'the time for the state "{state}" is not as it was'
    if inventory.whole:
        yield _is(package.workflow.decide_within, inventory.whole), "the time for the whole is not as it was"


def _by_origin(package: ServicePackage) -> dict[str, Any]:
    """The steps by their names in the source; the beginning is the nameless state."""
    states: list[Any] = [options for options in package.workflow.nodes if options.type == "state"]
    found = {options.origin: options for options in states}
    beginning = package.nodes[package.workflow.start]
    return {**found, **({"": beginning} if "" not in found else {})}


def _is_there(way: Way, named: dict[str, Any], roles: dict[str, str]) -> bool:
    state, target = named.get(way.state), named.get(way.target)
    if state is None or target is None:
        return False
    wanted = set(roles.values()) if EVERYBODY in way.roles else {roles.get(role) for role in way.roles}
    return any(
        action.origin == way.action and action.next == target.key and set(action.roles) == wanted
        for action in state.actions
    )


def _is(span: Span, milliseconds: int) -> bool:
    """Whether a span is so long; what is no whole number of minutes is carried in minutes."""
    unit = UNITS.get(span.unit)
    if unit is None:
        return False
    length = span.amount * unit / timedelta(milliseconds=1)
    return length == milliseconds or (milliseconds % A_MINUTE != 0 and abs(length - milliseconds) <= A_MINUTE)
