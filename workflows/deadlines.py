"""Deadlines that have come."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import now

from workflows.clock import LIVE
from workflows.models import Deadline
from workflows.step import OPEN
from workflows.unit import open_item


def due_deadlines(at: datetime | None = None) -> QuerySet[Deadline]:
    """Those whose time has come, oldest first."""
    due = Deadline.objects.filter(due_at__lte=at or now(), paused_left_s=None, **LIVE)
    return due.order_by("due_at", "id")


def fire_deadline(deadline_id: int) -> bool:
    """Do what the workflow says for this deadline, once; False when there is nothing to do any more."""
    found = Deadline.objects.filter(pk=deadline_id, **LIVE).values_list("work_item_id", flat=True).first()
    if found is None:
        return False
    with open_item(found) as host:
        deadline = Deadline.objects.filter(pk=deadline_id, paused_left_s=None, **LIVE).first()
        if deadline is None or deadline.due_at > now() or host.status not in OPEN:
            return False
        deadline.fired_at = now()
        deadline.save(update_fields=["fired_at"])
        host.flow_class.step(deadline.node_key).fire(host, deadline)
    return True
