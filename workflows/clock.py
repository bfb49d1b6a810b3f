"""Clocks of a case in the department's working time: when something is due, and what happens then.

Each clock has its lines in the ledger. Stopping clocks and letting them run on is in `stopping.py`, working
them out anew after the calendar was changed in `recounting.py`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from engine.core.opening import MIDNIGHT, moment
from engine.core.worktime import Span
from workflows import ledger
from workflows.calendars import calendar_of, forget_calendars
from workflows.models import ClockVerb, Deadline, DeadlineKind
from workflows.stopping import CLOCKED, LIVE, pause, resume, stands_still
from workflows.unit import unit

__all__ = [
    "LIVE",
    "arm",
    "arm_at",
    "arm_case",
    "begin_again",
    "begin_case",
    "begin_item",
    "calendar_of",
    "change_time",
    "disarm",
    "disarm_case",
    "due",
    "forget_calendars",
    "go_on",
    "hand_on",
    "next_day",
    "note_item",
    "pause",
    "resume",
    "stand_still",
]
_TABLE = Deadline._meta.db_table
_BEGUN = "_clock_begun"  # on an item that is not saved yet: when its clock began, and for how long


def due(case: Any, span: Span, start: datetime) -> datetime:
    """When a span that begins now ends for this case."""
    return calendar_of(case.department_id).add(start, span)


def next_day(case: Any) -> datetime:
    """When the next day begins where the department is."""
    zone = calendar_of(case.department_id).zone
    return moment(now().astimezone(zone).date() + timedelta(days=1), MIDNIGHT, zone)


def begin_case(case: Any, span: Span) -> None:
    """Save a new case; the time to decide it begins when it was sent."""
    case.due_at = due(case, span, case.submitted_at)
    case.save()
    ledger.write(case, ClockVerb.STARTED, case.submitted_at, span=span, due_at=case.due_at)


def begin_again(case: Any, span: Span) -> None:
    """Save a case that is taken up again; the time to decide it begins now."""
    at = now()
    case.due_at = due(case, span, at)
    case.save()
    ledger.write(case, ClockVerb.CHANGED, at, span=span, due_at=case.due_at)


def begin_item(item: Any, span: Span) -> None:
    """The time for an item that is not saved yet begins now."""
    at = now()
    item.due_at = due(item.process, span, at)
    item.__dict__[_BEGUN] = (at, span)


def stand_still(item: Any) -> None:
    """Stop the clock of an item that comes to be while the case stands still."""
    if item.kind in CLOCKED and stands_still(item.process, item.kind):
        item.paused_at = now()


def note_item(item: Any) -> None:
    """Write down the clock of an item that has its key now; one without a time of its own has no line."""
    begun = item.__dict__.pop(_BEGUN, None)
    if begun is not None:
        at, span = begun
        _started(item, item.node_key, at, span, item.due_at)


def change_time(item: Any, span: Span, *, by_id: int | None) -> None:
    """A person gives an open item another length of time, from now on; its own deadline follows."""
    at, case = now(), item.process
    item.due_at = due(case, span, at)
    item.save(update_fields=["due_at"])
    Deadline.objects.filter(work_item=item, node_key=item.node_key, **LIVE).update(due_at=item.due_at)
    more = {"span": span, "due_at": item.due_at, "by_id": by_id}
    ledger.write(case, ClockVerb.CHANGED, at, (item.pk, item.node_key), **more)


def arm(item: Any, node_key: str, kind: DeadlineKind, span: Span) -> datetime:
    """Set a deadline on a work item; it waits if the case stands still. Gives when it is due."""
    if node_key == item.node_key and item.due_at is not None:  # the time for the item itself
        arm_at(item, node_key, kind, item.due_at)
        due_at: datetime = item.due_at
        return due_at
    at = now()
    due_at = due(item.process, span, at)
    arm_at(item, node_key, kind, due_at)
    _started(item, node_key, at, span, due_at)
    return due_at


def arm_at(item: Any, node_key: str, kind: DeadlineKind, due_at: datetime, *, number: int = 0) -> None:
    """Set a deadline at a moment that is known already; such a moment does not move while the case stands."""
    _set(item.process, item, node_key, kind, due_at, number)


def arm_case(
    case: Any,
    node_key: str,
    kind: DeadlineKind,
    due_at: datetime,
    *,
    number: int = 0,
    span: Span | None = None,
    again: datetime | None = None,
) -> None:
    """Set a deadline on a whole case; with a span it is a clock since the case was sent, or again."""
    _set(case, None, node_key, kind, due_at, number)
    if span is not None:
        verb = ClockVerb.STARTED if again is None else ClockVerb.CHANGED
        ledger.write(case, verb, again or case.submitted_at, (None, node_key), span=span, due_at=due_at)


def _set(case: Any, item: Any, node_key: str, kind: DeadlineKind, due_at: datetime, number: int) -> None:
    still = kind != DeadlineKind.HOLD and stands_still(case, None if item is None else item.kind)
    row = {
        "case_id": case.pk,
        "work_item_id": None if item is None else item.pk,
        "node_key": node_key,
        "kind": kind.value,
        "number": number,
        "attempts": 0,
        "due_at": due_at,
        "paused_at": now() if still else None,
    }
    with unit() as open_unit:
        open_unit.insert(_TABLE, **row)


def _started(item: Any, node_key: str, at: datetime, span: Span, due_at: datetime) -> None:
    ledger.write(item.process, ClockVerb.STARTED, at, (item.pk, node_key), span=span, due_at=due_at)


def go_on(item: Any, before: Any) -> None:
    """The clock of an item that has ended goes on in this one, which is not saved yet."""
    item.due_at = before.due_at
    line = ledger.Ledger.of(before.process).begun((before.pk, before.node_key))
    if line is not None:
        item.__dict__[_BEGUN] = (line.start, ledger.span_of(line))


def hand_on(before: Any, item: Any) -> None:
    """Give the deadlines that are still to come to the item that goes on in the place of another."""
    with unit() as open_unit:
        open_unit.also(
            _TABLE,
            f"UPDATE {_TABLE} SET work_item_id=%s WHERE work_item_id=%s "  # noqa: S608 - names of ours
            "AND fired_at IS NULL AND cancelled_at IS NULL",
            [item.pk, before.pk],
        )


def disarm(item: Any) -> None:
    """Drop the deadlines of a work item that has ended."""
    _drop("work_item_id=%s", item.pk)


def disarm_case(case: Any) -> None:
    """Drop the deadlines of a case that has ended."""
    _drop("case_id=%s AND work_item_id IS NULL", case.pk)


def _drop(condition: str, key: int) -> None:
    with unit() as open_unit:
        open_unit.also(
            _TABLE,
            f"UPDATE {_TABLE} SET cancelled_at=%s WHERE {condition} "  # noqa: S608 - names of ours
            "AND fired_at IS NULL AND cancelled_at IS NULL",
            [now(), key],
        )
