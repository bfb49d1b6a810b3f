"""Bringing a case on until it waits everywhere: in rounds, in the order of the ways, joins after all else.

Viewflow's own loop has no order, and goes on with what another branch cancelled in the same round.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from viewflow.workflow import STATUS

from workflows.models import WorkItem

CLOSED = [STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED]
GONE = "_gone"  # on the object of a case: keys of items cancelled in this transaction


def advance(activations: Iterable[Any]) -> None:
    """Activate, complete and follow until nothing moves any more."""
    waiting = _one_each(activations)
    while waiting:
        now = _next_round(waiting)
        for activation in now:
            _move(activation)
        others = [activation for activation in waiting if activation not in now]
        waiting = _one_each([*others, *(following for done in now for following in _following(done))])


def cancel_items(case: Any, items: Iterable[WorkItem]) -> None:
    """Cancel open items of a case that is locked already; whoever holds a copy of one goes on without it."""
    gone: set[int] = case.__dict__.setdefault(GONE, set())
    for item in items:
        item.process = case  # one object for one row: the other copy would not know what this one writes
        item.flow_task.activation_class(item).cancel()
        gone.add(item.pk)


def _one_each(activations: Iterable[Any]) -> list[Any]:
    """The last that was made of each item, the oldest first: a join that two branches come to is one."""
    return sorted({each.task.pk: each for each in activations}.values(), key=lambda each: each.task.pk)


def _next_round(waiting: list[Any]) -> list[Any]:
    """All that is no join; if there are only joins, the innermost, because the outer ones wait for it."""
    steps = [activation for activation in waiting if activation.type != "join"]
    return steps or [max(waiting, key=lambda join: len(join.task.token))]


def _move(activation: Any) -> None:
    if _is_gone(activation):
        return
    if activation.activate.can_proceed():
        activation.activate()
    if activation.complete.can_proceed():
        activation.complete()


def _following(activation: Any) -> list[Any]:
    if _is_gone(activation) or not activation.create_next.can_proceed():
        return []
    return list(activation.create_next())


def _is_gone(activation: Any) -> bool:
    return activation.task.pk in activation.process.__dict__.get(GONE, ())
