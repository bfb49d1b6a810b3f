"""W3: each action, in each state, by each role: what is allowed succeeds, everything else is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any

from engine.audit.models import AuditEntry
from forms_library.coverage.measuring import Share
from workflows.coverage.playing import NOBODY, REFUSALS, NotPlayed, Play, tried
from workflows.models import Case
from workflows.services.refused import VERB

MOST_CELLS = 100_000


def refused_to_others(play: Play) -> Share:
    """The whole matrix; a person without any part in the service is one of its columns."""
    states = play.states
    actions = sorted({action.key for options in (play.start, *states) for action in options.actions})
    roles = [*play.package.roles, NOBODY]
    cells = (len(states) + 1) * len(actions) * len(roles)
    if cells > MOST_CELLS:
        return Share(0, cells, (f"the matrix has {cells} cells, more than the {MOST_CELLS} that are played",))
    share = _start(play, roles)
    for options in states:
        share += _state(play, options, actions, roles)
    return share


def _state(play: Play, options: Any, actions: list[str], roles: list[str]) -> Share:
    case = play.put_into(options.key)
    before = _standing(case)
    share, refused = Share(), 0
    written = AuditEntry.objects.filter(department=play.stage.department, verb=VERB).count()
    for key, role, allowed in _cells(play, options, actions, roles):
        went = _goes(partial(play.take, case, key, role), taken_back=allowed)
        refused += not went and not allowed
        if went and not allowed:
            case = play.put_into(options.key)  # the other one has gone on
        share += _cell(f'"{key}" in "{options.key}" by "{role}"', allowed=allowed, went=went)
    written = AuditEntry.objects.filter(department=play.stage.department, verb=VERB).count() - written
    if written != refused:
        share += Share(0, 1, (f'{refused} refusals in "{options.key}", {written} in the record',))
    if _standing(Case.objects.get(pk=case.pk)) != before:
        share += Share(0, 1, (f'a refusal in "{options.key}" changed the case',))
    return share


def _standing(case: Case) -> tuple[Any, ...]:
    items = case.task_set.filter(finished=None).values_list("pk", flat=True)
    return case.stands_at, case.state, case.finished, tuple(items)


def _start(play: Play, roles: list[str]) -> Share:
    share = Share()
    for key, role, allowed in _cells(play, play.start, [action.key for action in play.start.actions], roles):
        what = f'"{key}" at the beginning by "{role}"'
        if allowed and play.package.who(role) == "system":
            share += Share(0, 1, (f"{what}: a system cannot begin a case",))
        else:
            share += _cell(
                what, allowed=allowed, went=_goes(partial(play.begin, key, role), taken_back=allowed)
            )
    return share


def _cells(play: Play, options: Any, actions: list[str], roles: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Each action by each role. There is one applicant, by however many names the source calls them."""
    may = {action.key: set(action.roles) for action in options.actions}
    applicants = {role for role in play.package.roles if play.package.who(role) == "applicant"}
    for key in actions:
        allowed = may.get(key, set())
        for role in roles:
            yield key, role, role in allowed or (role in applicants and bool(allowed & applicants))


def _goes(act: Callable[[], object], *, taken_back: bool) -> bool:
    """Whether it succeeds; what it did is taken back, but what was refused stays in the record."""
    try:
        with tried() if taken_back else nullcontext():
            act()
    except (NotPlayed, *REFUSALS):
        return False
    return True


def _cell(what: str, *, allowed: bool, went: bool) -> Share:
    if allowed == went:
        return Share(1, 1)
    return Share(0, 1, (f"{what}: {'refused' if allowed else 'not refused'}",))
