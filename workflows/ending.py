"""A case ends: everything that is still open is cancelled, and the outcome is set."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from viewflow.workflow.status import PROCESS

from workflows import ledger
from workflows.advancing import CLOSED, cancel_items
from workflows.awaiting import forget_case
from workflows.called_cases import tell_parent
from workflows.clock import begin_again, disarm_case
from workflows.handling import INTERRUPTED
from workflows.models import Case, CaseState, ClockVerb, StopReason, WorkItem
from workflows.unit import lock_case, unit

ENDING = "_ending"  # on the object of a case: all that is open in it is being cancelled


def end_case(case: Any, state: CaseState, *, but: Any = None) -> None:
    """End a case that is locked already; `but` is the item that ends it."""
    case.__dict__[ENDING] = True
    items = WorkItem.objects.filter(process=case).exclude(status__in=CLOSED)
    cancel_items(case, items.exclude(pk=but.pk) if but else items)
    if case.flow_class.handlers:
        forget_case(case)
    if case.awaited_by_id is not None:
        tell_parent(case)
    if case.held_at is not None:
        ledger.write(case, ClockVerb.RUNNING, now(), reason=StopReason.HOLD)
    case.outcome = state.value
    case.state = state
    case.status = PROCESS.DONE
    case.finished = now()
    case.paused_at = case.held_at = case.held_until = None
    case.stands_at = ""
    case.save()
    disarm_case(case)


def change_outcome(case: Any, state: CaseState) -> None:
    """Something was done after the end that changes what came out, not when."""
    case.outcome, case.state = state.value, state
    case.save(update_fields=["outcome", "state"])


def reopen_case(case: Any) -> None:
    """Take up a case that has ended; all that is set on the whole of it begins anew, from now on."""
    case.outcome, case.state = "", CaseState.BEING_CHECKED
    case.status, case.finished = PROCESS.NEW, None
    for known in ("error", INTERRUPTED):
        case.data.pop(known, None)
    begin_again(case, case.flow_class.decide_within)
    case.__dict__.pop(ENDING, None)
    at = now()
    for watcher in case.flow_class.case_watchers:
        watcher.watch_case(case, at)
    for handler in case.flow_class.handlers:
        handler.watch_case(case)


def fail_case(case: Any, code: str, *, but: Any) -> None:
    """End a case that cannot be completed; the code says why."""
    case.data["error"] = code
    end_case(case, CaseState.FAILED, but=but)


def withdraw_case(case_id: int) -> Case | None:
    """The applicant takes the application back; None when the case has ended already."""
    with unit():
        case: Case = lock_case(case_id)
        if case.finished is not None:
            return None
        end_case(case, CaseState.WITHDRAWN)
        return case
