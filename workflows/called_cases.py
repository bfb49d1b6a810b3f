"""Cases that a step of another case began and waits for: their end is told, and taken once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from viewflow.workflow import STATUS

from engine.messages import outbox
from workflows.models import Case
from workflows.unit import open_item, unit

TOPIC = "workflow.case_ended"


def tell_parent(case: Any) -> None:
    """A case ends that another waits for: ask for that one to go on after the commit.

    Not in this transaction: it holds the lock of the case below, and cancelling locks from above.
    """
    payload = {"work_item": case.awaited_by_id}
    row = outbox.row(TOPIC, payload, key=f"ended:{case.pk}", department_id=case.department_id)
    with unit() as open_unit:
        open_unit.insert(outbox.TABLE, **row)


def settle(item_id: int) -> bool:
    """Let a step take the result of the case that it waits for, once; False when there is nothing to take."""
    with open_item(item_id) as host:
        ended: Case | None = unsettled().filter(awaited_by=item_id).first()
        if ended is None:
            return False
        Case.objects.filter(pk=ended.pk).update(awaited_by=None)
        waits = bool(host.status == STATUS.STARTED)
        if waits:
            host.finish(ended)
    return waits


def unsettled() -> QuerySet[Case]:
    """Cases that have ended and whose end nobody has taken yet."""
    return Case.objects.filter(awaited_by__isnull=False, finished__isnull=False).order_by("pk")
