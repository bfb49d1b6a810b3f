"""Firing all that is due, also after an outage: one deadline in one short transaction, the oldest first.

Any number of sweepers may run at once. Each locks the case of the oldest deadline that nobody else holds; a
case in other hands, such as those of a clerk, is passed over and found by the next run. So nobody waits for a
sweeper longer than one deadline takes, each fires once, and those of one case fire in their order.
"""

# ruff: noqa: S608 - only names of our own tables and conditions of our own are put into SQL here

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

from django.core.cache import cache
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.timezone import now

from engine.core.waiting import back_off
from workflows.deadlines import due_deadlines, fire_deadline
from workflows.models import Case, Deadline
from workflows.unit import unit

RUN_S = 30.0  # one run ends after this time; the scheduler begins the next
SWEEPERS = 2  # so that other sweeps find a worker too
STUCK_AFTER = 3  # attempts
Place = tuple[datetime, int]
logger = logging.getLogger(__name__)
_DEADLINE, _CASE = Deadline._meta.db_table, Case._meta.db_table
_NEXT = f"""
SELECT d.due_at, d.id, d.case_id FROM {_DEADLINE} d JOIN {_CASE} c ON c.id = d.case_id
WHERE d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.paused_at IS NULL AND d.due_at <= %s
  AND (d.retry_at IS NULL OR d.retry_at <= %s) AND (d.due_at, d.id) > (%s, %s)
ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""
_BEGIN: Place = (datetime.fromisoformat("0001-01-02T00:00:00+00:00"), 0)


def fire_due(seconds: float = RUN_S) -> int:
    """Fire deadlines until none is due any more or the time is over; gives how many."""
    fired, place, end = 0, _BEGIN, monotonic() + seconds
    while monotonic() < end:
        found = _fire_next(place)
        if found is None:
            break
        place, done = found
        fired += done
    return fired


@contextmanager
def sweeper() -> Iterator[bool]:
    """One of the few places for sweepers, or False; that of a worker that died becomes free again."""
    names = [f"sweeper-of-deadlines-{number}" for number in range(SWEEPERS)]
    taken = next((name for name in names if cache.add(name, 1, timeout=RUN_S * 2)), None)
    try:
        yield taken is not None
    finally:
        if taken is not None:
            cache.delete(taken)


def _fire_next(place: Place) -> tuple[Place, bool] | None:
    """Fire the first deadline after this place, or an older one of its case; None when there is none."""
    key = 0
    try:
        with unit():
            found = _next(place)
            if found is None:
                return None
            after, case_id = found
            key = due_deadlines().filter(case_id=case_id).values_list("pk", flat=True).first() or after[1]
            done = fire_deadline(key)
    except Exception as error:  # whatever a workflow does, the deadlines of other cases must fire
        if not key:
            raise
        _failed(key, error)
        return place, False
    return (after if key == after[1] or not done else place), done


def _next(place: Place) -> tuple[Place, int] | None:
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [at, at, *place])
        row = cursor.fetchone()
    return None if row is None else ((row[0], row[1]), row[2])


def _failed(key: int, error: Exception) -> None:
    """Try it again later, at ever longer intervals."""
    logger.warning("deadline %s failed: %s", key, type(error).__name__)
    tried = Deadline.objects.filter(pk=key)
    attempts = (tried.values_list("attempts", flat=True).first() or 0) + 1
    tried.update(attempts=F("attempts") + 1, retry_at=now() + back_off(attempts))


def failing_deadlines() -> QuerySet[Deadline]:
    """The deadlines that fail again and again."""
    return Deadline.objects.filter(fired_at=None, cancelled_at=None, attempts__gte=STUCK_AFTER)


def stuck_deadlines(limit: int) -> list[str]:
    """The deadlines that fail again and again, by case and step."""
    return [
        f"deadline failed: {deadline.case.reference} at {deadline.node_key}"
        for deadline in failing_deadlines().select_related("case").order_by("id")[:limit]
    ]
