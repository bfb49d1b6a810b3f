"""A case ends: everything that is still open is cancelled, and the outcome is set."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS
from viewflow.workflow.status import PROCESS

from workflows.models import Case, CaseState, WorkItem
from workflows.unit import lock_case, unit

CLOSED = [STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED]


def end_case(case: Any, state: CaseState, *, but: Any = None) -> None:
    """End a case that is locked already; `but` is the item that ends it."""
    items = WorkItem.objects.filter(process=case).exclude(status__in=CLOSED)
    for item in items.exclude(pk=but.pk) if but else items:
        item.process = case  # one object for one row: the other copy would not know what this one writes
        item.flow_task.activation_class(item).cancel()
    case.outcome = state.value
    case.state = state
    case.status = PROCESS.DONE
    case.finished = now()
    case.paused_at = None
    case.save()


def withdraw_case(case_id: int) -> Case | None:
    """The applicant takes the application back; None when the case has ended already."""
    with unit():
        case: Case = lock_case(case_id)
        if case.finished is not None:
            return None
        end_case(case, CaseState.WITHDRAWN)
        return case
