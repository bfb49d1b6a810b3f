"""After a working calendar has changed: every open case of the department is worked out again, in batches.

One row per change says how far it is, so that a worker that dies loses nothing: the sweep goes on from there.
Each case is a short transaction of its own, and doing it twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import now

from engine.audit import log as audit
from engine.departments.calendars import calendar
from engine.departments.models import Department
from engine.messages import outbox
from workflows.calendars import KEEP_S, calendar_of, forget_calendars
from workflows.models import CalendarChange, Case, ClockEntry
from workflows.recounting import count_again
from workflows.unit import lock_case, unit

TOPIC = "calendar"
BATCH = 100
SLICE_S = 20.0  # then others have their turn
LEASE = timedelta(minutes=2)
# until then every process has read the new calendar; what was begun by the old one is done in a second round
OLD_ONE_GONE = timedelta(seconds=2 * KEEP_S)
ROUNDS = 2


def begin_change(department: Department, *, by_id: int | None) -> CalendarChange:
    """Ask for the open cases to be worked out by the calendar that the department has now."""
    at = now()
    CalendarChange.objects.filter(department=department, finished_at=None).update(finished_at=at)
    mark = calendar(department).mark
    change = CalendarChange.objects.create(department=department, mark=mark, by_id=by_id, at=at)
    transaction.on_commit(forget_calendars)
    _ask(change, at)
    return change


def _ask(change: CalendarChange, due_at: datetime) -> None:
    key = f"{TOPIC}:{change.pk}:{change.round}:{change.reached}"
    outbox.put(TOPIC, {"change": change.pk}, key=key, department_id=change.department_id, due_at=due_at)


def go_on(change_id: int, seconds: float = SLICE_S) -> bool:
    """Work on a change for a while; True when it is finished, False when it goes on later or elsewhere."""
    if not _take(change_id):
        return False
    forget_calendars()
    change = CalendarChange.objects.select_related("department").get(pk=change_id)
    if calendar_of(change.department_id).mark != change.mark:  # a newer change does all of it
        return _finish(change)
    end = monotonic() + seconds
    while monotonic() < end:
        if not _batch(change):
            return _round_done(change)
    CalendarChange.objects.filter(pk=change.pk).update(lease_until=None)
    _ask(change, now())
    return False


def _take(change_id: int) -> bool:
    free = Q(lease_until=None) | Q(lease_until__lt=now())
    found = CalendarChange.objects.filter(free, pk=change_id, finished_at=None)
    return found.update(lease_until=now() + LEASE) == 1


def _batch(change: CalendarChange) -> bool:
    """The next cases; False when there are none any more."""
    keys = list(_to_do(change).values_list("pk", flat=True)[:BATCH])
    if not keys:
        return False
    moved = sum(recount(key) for key in keys)
    change.reached = keys[-1]
    CalendarChange.objects.filter(pk=change.pk).update(
        reached=change.reached,
        cases=F("cases") + (len(keys) if change.round == 1 else 0),
        moved=F("moved") + moved,
        lease_until=now() + LEASE,
    )
    return True


def _to_do(change: CalendarChange) -> QuerySet[Case]:
    found = Case.objects.filter(department_id=change.department_id, finished=None, pk__gt=change.reached)
    if change.round > 1:
        since = change.at - OLD_ONE_GONE
        by_another = ClockEntry.objects.filter(case=OuterRef("pk"), at__gte=since).exclude(
            calendar=change.mark
        )
        found = found.filter(Exists(by_another))
    return found.order_by("pk")


def recount(case_id: int) -> bool:
    """Work out one case again; gives whether anything is due at another time."""
    with unit():
        case: Any = lock_case(case_id)
        return case.finished is None and bool(count_again(case, changed_calendar=True))


def _round_done(change: CalendarChange) -> bool:
    if change.round >= ROUNDS:
        return _finish(change)
    change.round, change.reached = change.round + 1, 0
    CalendarChange.objects.filter(pk=change.pk).update(round=change.round, reached=0, lease_until=None)
    _ask(change, max(now(), change.at + OLD_ONE_GONE))
    return False


def _finish(change: CalendarChange) -> bool:
    with unit() as open_unit:
        found = CalendarChange.objects.select_for_update().get(pk=change.pk)
        if found.finished_at is not None:
            return True
        found.finished_at = now()
        found.save(update_fields=["finished_at"])
        row = audit.row(
            "calendar.applied",
            chain=audit.department_chain(change.department.key),
            actor_note="system",
            department_id=change.department_id,
            subject=f"department:{change.department_id}",
            details={"mark": found.mark, "cases": found.cases, "moved": found.moved},
        )
        open_unit.insert(audit.TABLE, **row)
    return True


def lost_changes() -> QuerySet[CalendarChange]:
    """Changes that nobody works on although they are not finished: their worker died, or was never asked."""
    free = Q(lease_until=None) | Q(lease_until__lt=now())
    late = now() - LEASE - OLD_ONE_GONE
    return CalendarChange.objects.filter(free, finished_at=None, at__lt=late).order_by("at")


def notice_changes() -> int:
    """Departments whose calendar has changed although nobody saved it: a new year, a new list of holidays."""
    noticed = 0
    for department in Department.objects.order_by("pk"):
        last = CalendarChange.objects.filter(department=department).order_by("-at", "-pk").first()
        if last is None or last.mark != calendar(department).mark:
            with transaction.atomic():
                begin_change(department, by_id=None)
            noticed += 1
    return noticed
