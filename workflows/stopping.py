"""Clocks of a case that stand still: while the applicant is asked all but the applicant's own, on hold all.

The reasons may overlap: a clock runs again when none is left, and is due later by the time that it stood.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from workflows import ledger
from workflows.ledger import CASE, Key
from workflows.models import Case, ClockVerb, Deadline, DeadlineKind, StopReason, WorkItem, WorkKind
from workflows.recounting import CLOCKED, LIVE, count_again

__all__ = ["CLOCKED", "LIVE", "pause", "resume", "run", "stands_still", "stop"]


def stands_still(case: Any, kind: str | None) -> bool:
    """Whether a clock of a work item of this kind, or of the case (None), stands still now."""
    return case.held_at is not None or (case.paused_at is not None and kind != WorkKind.APPLICANT)


def pause(case: Case, asked: Any) -> None:
    """The applicant is asked: all clocks of the case stand still but those of the question."""
    if case.paused_at is None or not _asked(case, but=asked):
        stop(case, StopReason.APPLICANT, now(), item=asked)


def resume(case: Case, answered: Any) -> None:
    """The applicant has answered: if nothing else is asked, the clocks run on."""
    if case.paused_at is not None and not _asked(case, but=answered):
        run(case, StopReason.APPLICANT, now(), item=answered)


def stop(case: Case, reason: StopReason, at: datetime, *, item: Any = None, **more: Any) -> None:
    """A reason to stand still begins; `more` are columns of its line in the ledger."""
    ledger.write(case, ClockVerb.STOPPED, at, _asked_at(item), reason=reason, due_at=case.due_at, **more)
    if case.paused_at is None:
        case.paused_at = at
        case.save(update_fields=["paused_at"])
    deadlines = Deadline.objects.filter(case=case, paused_at=None, **LIVE).exclude(kind=DeadlineKind.HOLD)
    items = WorkItem.objects.filter(process=case, finished=None, paused_at=None)
    if reason is StopReason.APPLICANT:
        deadlines = deadlines.exclude(work_item__kind=WorkKind.APPLICANT)
        items = items.exclude(kind=WorkKind.APPLICANT)
    items = items.filter(kind__in=CLOCKED)
    deadlines.update(paused_at=at)
    items.update(paused_at=at)


def run(case: Case, reason: StopReason, at: datetime, *, item: Any = None, **more: Any) -> None:
    """A reason to stand still has ended; the clocks that have no other run on from here."""
    ledger.write(case, ClockVerb.RUNNING, at, _asked_at(item), reason=reason, **more)
    still_asked = reason is StopReason.HOLD and _asked(case)
    still_held = reason is StopReason.APPLICANT and case.held_at is not None
    if still_held:
        return
    if not still_asked:
        case.paused_at = None
        case.save(update_fields=["paused_at"])
    deadlines: QuerySet[Deadline] = Deadline.objects.filter(case=case, paused_at__isnull=False, **LIVE)
    items = WorkItem.objects.filter(process=case, finished=None, paused_at__isnull=False)
    if still_asked:  # only the applicant goes on
        deadlines = deadlines.filter(work_item__kind=WorkKind.APPLICANT)
        items = items.filter(kind=WorkKind.APPLICANT)
    deadlines.update(paused_at=None)
    items.update(paused_at=None)
    count_again(case)


def _asked_at(item: Any) -> Key:
    """The step at which the applicant is asked, for the line in the ledger."""
    return CASE if item is None else (item.pk, item.node_key)


def _asked(case: Case, *, but: Any = None) -> bool:
    """Whether something is asked of the applicant, apart from this item."""
    others = WorkItem.objects.filter(process=case, kind=WorkKind.APPLICANT, finished=None)
    return (others.exclude(pk=but.pk) if but is not None else others).exists()
