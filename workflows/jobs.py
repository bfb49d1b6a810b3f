"""Running background steps: a short lock to start, the work without a lock, a short lock to finish."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from viewflow.workflow import STATUS

from workflows.job_step import Job, JobActivation, Pending, Reply
from workflows.models import Case, WorkItem
from workflows.unit import open_item

logger = logging.getLogger(__name__)
Result = Literal["done", "stale", "again", "failed"]
GRACE = timedelta(seconds=30)  # a request that was committed reaches a worker within this time


def run_job(item_id: int) -> Result:
    """Do the work of a scheduled item; safe to call twice and by two workers at once."""
    return _run(item_id, lambda step, job: step.work(job))


def rehearse_job(item_id: int, reply: Reply | None = None) -> Result:
    """Play the work of a scheduled item without any effect outside; `reply` is what the other side says."""
    return _run(item_id, lambda step, job: step.rehearse(job, reply))


def _run(item_id: int, work: Callable[[Any, Job], dict[str, Any] | Pending]) -> Result:
    started = _start(item_id)
    if started is None:
        return "stale"
    job, step = started
    try:
        result = work(step, job)
        return _finish(job, result)
    except Exception as error:
        logger.warning("job %s, attempt %s: %s", item_id, job.attempt, type(error).__name__)
        return _fail(job, error)


def lost_jobs(at: datetime | None = None) -> QuerySet[WorkItem]:
    """Items that no worker has begun in time, or whose worker died."""
    moment = at or now()
    asked = Q(status=STATUS.SCHEDULED, wake_at__lt=moment - GRACE)
    died = Q(status=STATUS.STARTED, lease_until__lt=moment)
    return WorkItem.objects.filter(asked | died).order_by("created")


def _start(item_id: int) -> tuple[Job, Any] | None:
    with open_item(item_id) as activation:
        item = activation.task
        if not isinstance(activation, JobActivation) or not _is_free(item):
            return None
        activation.start()
        step = activation.flow_task
        attempt, case_id, token = item.attempts, item.process_id, item.token
    case = Case.objects.select_related("department", "service", "applicant").get(pk=case_id)
    return Job(case, item_id, attempt, f"work-item:{item_id}", token), step


def _is_free(item: Any) -> bool:
    """Whether a worker may begin: it is due, or another worker's lease is over."""
    if item.status == STATUS.SCHEDULED:
        return item.wake_at is None or bool(item.wake_at <= now())
    return bool(item.status == STATUS.STARTED and (item.lease_until is None or item.lease_until <= now()))


def _finish(job: Job, result: dict[str, Any] | Pending) -> Result:
    with open_item(job.item_id) as activation:
        if not _is_mine(activation.task, job):
            return "stale"
        if isinstance(result, Pending):
            activation.hold(result)
        else:
            activation.finish(result)
    return "done"


def _fail(job: Job, error: Exception) -> Result:
    with open_item(job.item_id) as activation:
        if not _is_mine(activation.task, job):
            return "stale"
        if job.attempt < activation.flow_task.attempts and getattr(error, "again", True):
            activation.reschedule(error)
            return "again"
        activation.give_up(error)
    return "failed"


def _is_mine(item: Any, job: Job) -> bool:
    """Whether no other worker has taken the item since, and the case did not go another way."""
    return bool(item.status == STATUS.STARTED and item.attempts == job.attempt)
