"""W1: every state, transition, role and time of the source is in the package, by the name it had there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from engine.core.worktime import Span
from forms_library.coverage.measuring import Share
from forms_library.importing.report import Report
from workflows.coverage.inventory import Inventory, Way
from workflows.definition import ServicePackage
from workflows.importing.digit_roles import EVERYBODY

UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
A_MINUTE = 60_000


# what the report says of actions that nobody can ever take, and of times of states in which nothing waits
NEVER_TAKEN, NEVER_WAITED = ("no_role", "no_target"), ("time_of_end",)


def kept(inventory: Inventory, package: ServicePackage, report: Report) -> Share:
    """How much of the source stands in the package; of what can never happen, that it was told."""
    named = _by_origin(package)
    ended = {state for state in inventory.times if getattr(named.get(state), "final", None)}
    checks = [*_checks(inventory, package, named, ended)]
    checks += _told(report, "actions can never be taken", NEVER_TAKEN, len(inventory.dead))
    checks += _told(report, "times are of states in which a case has ended", NEVER_WAITED, len(ended))
    short = tuple(sentence for good, sentence in checks if not good)
    return Share(len(checks) - len(short), len(checks), short)


def _told(report: Report, what: str, codes: tuple[str, ...], count: int) -> Iterator[tuple[bool, str]]:
    told = sum(note.code in codes for note in report.of("lost"))
    if count:
        yield told >= count, f"{count} {what}, {told} of them are told"


def _checks(
    inventory: Inventory, package: ServicePackage, named: dict[str, Any], ended: set[str]
) -> Iterator[tuple[bool, str]]:
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
    for state in inventory.times.keys() - ended:
        due, length = getattr(named.get(state), "due", None), inventory.times[state]
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
        action.origin == (way.action or way.target)
        and action.next == target.key
        and set(action.roles) == wanted
        for action in state.actions
    )


def _is(span: Span, milliseconds: int) -> bool:
    """Whether a span is so long; what is no whole number of minutes is carried in minutes."""
    unit = UNITS.get(span.unit)
    if unit is None:
        return False
    length = span.amount * unit / timedelta(milliseconds=1)
    return length == milliseconds or (milliseconds % A_MINUTE != 0 and abs(length - milliseconds) <= A_MINUTE)
