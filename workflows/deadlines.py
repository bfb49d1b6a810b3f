"""Deadlines that have come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from workflows import ledger
from workflows.clock import LIVE
from workflows.models import ClockVerb, Deadline, DeadlineKind, StopReason
from workflows.recording import recorded_case
from workflows.step import OPEN
from workflows.stopping import run
from workflows.unit import lock_case, open_item, unit

ARMED = {**LIVE, "paused_at": None}


def due_deadlines(at: datetime | None = None) -> QuerySet[Deadline]:
    """Those whose time has come, oldest first; one that failed waits a little before it is tried again."""
    moment = at or now()
    due = Deadline.objects.filter(due_at__lte=moment, **ARMED)
    return due.filter(Q(retry_at=None) | Q(retry_at__lte=moment)).order_by("due_at", "id")


def fire_deadline(deadline_id: int) -> bool:
    """Do what the workflow says for this deadline, once; False when there is nothing to do any more."""
    found = Deadline.objects.filter(pk=deadline_id, **LIVE).values_list("work_item_id", "case_id").first()
    if found is None:
        return False
    item_id, case_id = found
    if item_id is None:
        return _fire_on_case(deadline_id, case_id)
    with open_item(item_id) as host:
        deadline = _due(deadline_id)
        if deadline is None:
            return False
        if host.status not in OPEN:
            return _drop(deadline)
        _fired(host.process, deadline)
        step = host.flow_class.step(deadline.node_key)
        act = step.warn if deadline.kind == DeadlineKind.WARNING else step.fire
        act(host, deadline)
    return True


def _fire_on_case(deadline_id: int, case_id: int) -> bool:
    """A deadline of the whole case."""
    with unit():
        case = lock_case(case_id)
        deadline = _due(deadline_id)
        if deadline is None:
            return False
        if case.finished is not None:
            return _drop(deadline)
        _fired(case, deadline)
        if deadline.kind == DeadlineKind.HOLD:
            end_hold(case)
            return True
        step = case.flow_class.step(deadline.node_key)
        act = step.warn_case if deadline.kind == DeadlineKind.WARNING else step.fire_case
        act(case, deadline)
    return True


def end_hold(case: Any, *, by: Any = None) -> None:
    """A held case goes on: by a person, or because its time has come; the case is locked."""
    case.held_at = case.held_until = None
    case.save(update_fields=["held_at", "held_until"])
    at = now()
    Deadline.objects.filter(case=case, kind=DeadlineKind.HOLD, **LIVE).update(cancelled_at=at)
    run(case, StopReason.HOLD, at, by_id=by.pk if by is not None else None)
    recorded_case("case.resumed", case, by)


def _due(deadline_id: int) -> Deadline | None:
    """The deadline, read after the lock, if it is still due."""
    found = Deadline.objects.filter(pk=deadline_id, **ARMED).first()
    return found if found is not None and found.due_at <= now() else None


def _drop(deadline: Deadline) -> bool:
    """Nothing waits for it any more."""
    deadline.cancelled_at = now()
    deadline.save(update_fields=["cancelled_at"])
    return False


def _fired(case: Any, deadline: Deadline) -> None:
    """Note that it has happened; a moment that is only looked at, such as a new day, has no line."""
    at = now()
    deadline.fired_at = at
    deadline.save(update_fields=["fired_at"])
    if deadline.kind in (DeadlineKind.WARNING, DeadlineKind.DEADLINE):
        verb = ClockVerb.WARNED if deadline.kind == DeadlineKind.WARNING else ClockVerb.FIRED
        key = (deadline.work_item_id, deadline.node_key)
        ledger.write(case, verb, at, key, due_at=deadline.due_at, number=deadline.number)
