"""W2: every transition, and every simple path from a beginning to an end, is taken on the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_library.coverage.measuring import Share
from workflows.coverage.playing import REFUSALS, NotPlayed, Play, is_end, tried
from workflows.definition import ServicePackage
from workflows.models import Case

MOST_PATHS = 2_000
MOST_STEPS = 200_000  # looked at while paths are found
Path = tuple[tuple[str, str], ...]  # states with the action that is taken in each


def walked(play: Play) -> Share:
    """Take every transition and every path."""
    share = Share()
    for state in play.states:
        for action in state.actions:
            what = f'the action "{action.key}" of "{state.key}"'
            share += _played(what, lambda s=state, a=action: _one(play, s, a))
    found, complete = simple_paths(play.package)
    for path in found:
        named = " > ".join(f"{state}.{action}" for state, action in path)
        share += _played(f"the path {named}", lambda way=path: follow(play, way))
    if not complete:
        share += Share(0, 1, (f"there are more than {MOST_PATHS} simple paths; so many were played",))
    return share


def _played(what: str, act: Any) -> Share:
    try:
        with tried():
            act()
    except (NotPlayed, *REFUSALS) as short:
        return Share(0, 1, (f"{what}: {short or type(short).__name__}",))
    return Share(1, 1)


def _one(play: Play, state: Any, action: Any) -> None:
    _arrived(play.take(play.put_into(state.key), action.key, action.roles[0]), action)


def follow(play: Play, path: Path) -> Case:
    """Play one path with a case of its own."""
    (_, first), *more = path
    action = _action(play.start, first)
    case = play.begin(action.key, _who_begins(play, action))
    _arrived(case, action)
    for state, key in more:
        action = _action(play.package.nodes[state], key)
        case = play.take(case, key, action.roles[0])
        _arrived(case, action)
    return case


def _who_begins(play: Play, action: Any) -> str:
    """A role that fills in forms, if any of the action does."""
    roles: list[str] = action.roles
    return next((role for role in roles if play.package.who(role) != "system"), roles[0])


def _action(options: Any, key: str) -> Any:
    return next(action for action in options.actions if action.key == key)


def _arrived(case: Case, action: Any) -> None:
    if case.stands_at != action.next:
        raise NotPlayed(f'it leads to "{case.stands_at}" and not to "{action.next}"')


def simple_paths(package: ServicePackage) -> tuple[list[Path], bool]:
    """The paths that come to no state twice, from the first state to an end; whether these are all."""
    found: list[Path] = []
    for looked, path in enumerate(_paths(package)):
        if path:
            found.append(path)
        if len(found) > MOST_PATHS or looked > MOST_STEPS:
            return found[:MOST_PATHS], False
    return found, True


def _paths(package: ServicePackage) -> Iterator[Path]:
    """Paths in their order; an empty one for each look that found none."""
    waiting: list[tuple[str, Path]] = [(package.workflow.start, ())]
    while waiting:
        key, path = waiting.pop()
        options: Any = package.nodes[key]
        been = {state for state, _ in path} | {key}
        onwards = [action for action in options.actions if action.next not in been]
        yield path if path and (is_end(options) or not onwards) else ()
        waiting += [(action.next, (*path, (key, action.key))) for action in reversed(onwards)]
