"""Due times of a case: in the department's working time, and standing still while the applicant is asked."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from time import monotonic
from typing import Any

from django.utils.timezone import now

from engine.core.worktime import Span, WorkingCalendar
from engine.departments.calendars import calendar
from engine.departments.models import Department
from workflows.models import Case, Deadline, DeadlineKind, WorkItem, WorkKind
from workflows.unit import current

KEEP_S = 60.0  # a changed calendar counts after this time at the latest
LIVE = {"fired_at": None, "cancelled_at": None}
_kept: dict[int, tuple[float, WorkingCalendar]] = {}


def calendar_of(department_id: int) -> WorkingCalendar:
    """The working calendar of a department; kept for a minute, because every decision needs it."""
    kept = _kept.get(department_id)
    if kept is None or kept[0] < monotonic():
        department = Department.objects.get(pk=department_id)
        kept = _kept[department_id] = (monotonic() + KEEP_S, calendar(department))
    return kept[1]


def forget_calendars() -> None:
    """Read calendars anew."""
    _kept.clear()


def due(case: Any, span: Span, start: datetime) -> datetime:
    """When a span that begins now ends for this case."""
    return calendar_of(case.department_id).add(start, span)


def next_day(case: Any) -> datetime:
    """When the next day begins where the department is."""
    zone = calendar_of(case.department_id).zone
    tomorrow = now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)


def arm(item: Any, node_key: str, kind: DeadlineKind, span: Span) -> None:
    """Set a deadline on a work item; it waits if the case stands still."""
    arm_at(item, node_key, kind, due(item.process, span, now()), working=span.is_working)


def arm_at(item: Any, node_key: str, kind: DeadlineKind, due_at: datetime, *, working: bool = False) -> None:
    """Set a deadline at a moment that is known already."""
    case, at = item.process, now()
    still = case.paused_at is not None and item.kind != WorkKind.APPLICANT
    left = _left(calendar_of(case.department_id), at, due_at, working) if still else None
    row = {
        "case_id": case.pk,
        "work_item_id": item.pk,
        "node_key": node_key,
        "kind": kind.value,
        "due_at": due_at,
        "paused_left_s": left,
    }
    open_unit = current()
    if open_unit is None:
        Deadline.objects.create(**row)
    else:
        open_unit.insert(Deadline._meta.db_table, **row)


def disarm(item: Any) -> None:
    """Drop the deadlines of a work item that has ended."""
    open_unit = current()
    if open_unit is None:
        Deadline.objects.filter(work_item=item, **LIVE).update(cancelled_at=now())
    else:
        open_unit.also(
            Deadline._meta.db_table,
            f"UPDATE {Deadline._meta.db_table} SET cancelled_at=%s "  # noqa: S608 - a table name of ours
            "WHERE work_item_id=%s AND fired_at IS NULL AND cancelled_at IS NULL",
            [now(), item.pk],
        )


def pause(case: Case, asked: Any) -> None:
    """The applicant is asked: all clocks of the case stand still but that of the question."""
    if case.paused_at is not None:
        return
    at = now()
    case.paused_at = at
    case.save(update_fields=["paused_at"])
    working = calendar_of(case.department_id)
    for deadline in Deadline.objects.filter(case=case, **LIVE).exclude(work_item=asked):
        in_working_time = _runs_in_working_time(case, deadline.node_key)
        deadline.paused_left_s = _left(working, at, deadline.due_at, in_working_time)
        deadline.save(update_fields=["paused_left_s"])
    for item in _open_person_items(case):
        item.paused_at = at
        item.save(update_fields=["paused_at"])


def resume(case: Case, answered: Any) -> None:
    """The applicant has answered: what was left of every clock is left from now on."""
    others = WorkItem.objects.filter(process=case, kind=WorkKind.APPLICANT, finished=None)
    if case.paused_at is None or others.exclude(pk=answered.pk).exists():
        return
    at, paused_at, working = now(), case.paused_at, calendar_of(case.department_id)
    case.due_at = _moved(working, case.due_at, paused_at, at, case.flow_class.decide_within.is_working)
    case.paused_at = None
    case.save(update_fields=["due_at", "paused_at"])
    for deadline in Deadline.objects.filter(case=case, paused_left_s__isnull=False, **LIVE):
        left = timedelta(seconds=deadline.paused_left_s or 0)
        in_working_time = _runs_in_working_time(case, deadline.node_key)
        deadline.due_at = working.resume(at, left, working=in_working_time)
        deadline.paused_left_s = None
        deadline.save(update_fields=["due_at", "paused_left_s"])
    for item in _open_person_items(case):
        since = item.paused_at or paused_at
        item.due_at = _moved(working, item.due_at, since, at, _runs_in_working_time(case, item.node_key))
        item.paused_at = None
        item.save(update_fields=["due_at", "paused_at"])


def _open_person_items(case: Case) -> list[WorkItem]:
    return list(WorkItem.objects.filter(process=case, kind=WorkKind.PERSON, finished=None))


def _moved(
    working: WorkingCalendar, due_at: datetime | None, since: datetime, at: datetime, in_working_time: bool
) -> datetime | None:
    """A due time after the clock stood still from `since` to `at`."""
    if due_at is None:
        return None
    left = working.remaining(since, due_at, working=in_working_time)
    return working.resume(at, left, working=in_working_time)


def _left(working: WorkingCalendar, at: datetime, due_at: datetime, in_working_time: bool) -> int:
    return max(0, round(working.remaining(at, due_at, working=in_working_time).total_seconds()))


def _runs_in_working_time(case: Case, node_key: str) -> bool:
    step = case.flow_class.step(node_key)
    span = step.node_type.span(step.options) if step is not None else None
    return span.is_working if span is not None else bool(case.flow_class.decide_within.is_working)
