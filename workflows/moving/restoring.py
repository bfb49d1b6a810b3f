"""Bringing a case that was moved back to what it was, as long as nothing has been done with it since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from workflows import ledger
from workflows.advancing import CLOSED
from workflows.ledger import Ledger
from workflows.models import CaseMove, ClockVerb, Deadline, WorkItem
from workflows.moving.before import OF_ITEM, mark_of
from workflows.moving.carrying_out import watch_case
from workflows.moving.clocks import write_moved
from workflows.moving.course import Course
from workflows.moving.matching import flow_of
from workflows.recounting import LIVE, count_again
from workflows.stopping import pause

KEPT_FOR = timedelta(days=30)
MOMENTS = ("assigned", "finished", "due_at", "paused_at")


def stands_in_the_way(case: Any, row: CaseMove, course: Course) -> str:
    """Why a locked case cannot be brought back, as a code; empty where it can."""
    if case.version_id != course.new.id or mark_of(case.pk) != row.mark:
        return "worked_on"
    if row.before:
        return ""
    return "too_late" if row.at < now() - KEPT_FOR else "went_on"


def forget_old() -> int:
    """Forget what cases were that were moved long ago, because it holds answers; gives how many."""
    old = CaseMove.objects.filter(move__at__lt=now() - KEPT_FOR, at__lt=now() - KEPT_FOR)
    return old.exclude(before={}).update(before={})


def restore(case: Any, row: CaseMove, course: Course) -> None:
    """Everything that the move changed is as it was; the record keeps that it was moved and brought back."""
    before, old = row.before, flow_of(course.old)
    now_open = WorkItem.objects.filter(process=case).exclude(status__in=CLOSED)
    at_new = {item.pk: item.flow_task for item in now_open}
    case.flow_class, case.version_id = old, course.old.id
    case.data, case.stands_at = before["data"], before["case"]["stands_at"]
    case.save()
    items = [_item(WorkItem.objects.get(pk=int(key)), was, case, old) for key, was in before["items"].items()]
    _deadlines(case, row)
    _clocks(case, before["lines"])
    for item in items:
        if item.pk in at_new:
            item.flow_task.take_over(item.flow_task.activation_class(item), at_new[item.pk])
        elif item.flow_task.task_type in ("APPLICANT", "PAYMENT"):
            pause(case, item)  # it was cancelled, and is asked again
    watch_case(case, course.flow, old)
    count_again(case)
    case.state = before["case"]["state"]
    case.save(update_fields=["state"])


def _item(item: Any, was: dict[str, Any], case: Any, old: Any) -> Any:
    item.process = case
    for name in OF_ITEM:
        value = was[name]
        setattr(item, name, parse_datetime(value) if name in MOMENTS and value else value)
    item.flow_task = old.step(was["node_key"])
    item.save()
    return item


def _deadlines(case: Any, row: CaseMove) -> None:
    """Those that were dropped run on, those that were set are dropped."""
    kept = {int(key): node for key, node in row.before["deadlines"].items()}
    mine: QuerySet[Deadline] = Deadline.objects.filter(case=case)
    mine.filter(**LIVE).exclude(pk__in=kept).update(cancelled_at=now())
    mine.filter(pk__in=kept, fired_at=None, cancelled_at__gte=row.at).update(cancelled_at=None)
    for key, node in kept.items():
        mine.filter(pk=key).exclude(node_key=node).update(node_key=node)


def _clocks(case: Any, last: int) -> None:
    """Every clock that was given another length of time counts as before."""
    lines = Ledger.of(case).lines
    earlier = Ledger([line for line in lines if line.pk <= last])
    moved = {line.clock for line in lines if line.pk > last and line.verb == ClockVerb.MOVED}
    for key in sorted(moved, key=str):
        line = earlier.begun(key)
        span, start = (None, case.submitted_at) if line is None else (ledger.span_of(line), line.start)
        write_moved(case, now(), key, span, start, case.due_at if span is not None else None)
