"""Time passes on the stage: what falls due on the way happens at its own moment, one after another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone
from viewflow.workflow import STATUS

from workflows.deadlines import ARMED, fire_deadline
from workflows.dry_run.background import settle
from workflows.dry_run.stage import Stage
from workflows.models import Deadline, WorkItem
from workflows.told_time import move_clock

MOST_MOMENTS = 500
A_MOMENT = timedelta(seconds=1)


def next_moment(stage: Stage) -> datetime | None:
    """When the next thing happens that time alone brings."""
    deadlines = Deadline.objects.filter(case__department=stage.department, **ARMED)
    asleep = WorkItem.objects.filter(department=stage.department, status=STATUS.SCHEDULED)
    later = asleep.filter(wake_at__gt=timezone.now())
    found = (deadlines.aggregate(at=Min("due_at"))["at"], later.aggregate(at=Min("wake_at"))["at"])
    return min((at for at in found if at is not None), default=None)


def pass_time(stage: Stage, until: datetime | None) -> bool:
    """Move the clock to this moment, or to the next thing that happens; False when nothing would."""
    if until is None:
        return _step(stage, None)
    for _ in range(MOST_MOMENTS):
        if not _step(stage, until):
            break
    move_clock(max(until, timezone.now()))
    return True


def _step(stage: Stage, until: datetime | None) -> bool:
    """Let the next thing happen, if it does before this moment."""
    at = next_moment(stage)
    if at is None or (until is not None and at > until):
        return False
    move_clock(max(at, timezone.now()) + A_MOMENT)
    _happen(stage)
    return True


def _happen(stage: Stage) -> None:
    due = Deadline.objects.filter(case__department=stage.department, due_at__lte=timezone.now(), **ARMED)
    for key in list(due.order_by("due_at", "pk").values_list("pk", flat=True)):
        fire_deadline(key)
    settle(stage)
