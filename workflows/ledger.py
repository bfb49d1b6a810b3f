"""The ledger of clocks: what started, stopped, ran on, was worked out anew and came due, line by line.

The lines of a case are all that is needed to say when each of its clocks is due, under any calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from engine.core.clocks import Stop, due_after
from engine.core.worktime import Span, WorkingCalendar
from workflows.calendars import calendar_of
from workflows.models import ClockEntry, ClockVerb, StopReason
from workflows.unit import unit

TABLE = ClockEntry._meta.db_table
Key = tuple[int | None, str]  # work item and step, see ClockEntry
CASE: Key = (None, "")


def write(case: Any, verb: ClockVerb, at: datetime, key: Key = CASE, **more: Any) -> None:
    """Add a line about a clock, in the transaction of what it tells; `more` are other columns of the line."""
    span: Span | None = more.get("span")
    work_item_id, node_key = key
    row = {
        "case_id": case.pk,
        "work_item_id": work_item_id,
        "node_key": node_key,
        "verb": verb.value,
        "reason": more.get("reason", ""),
        "number": more.get("number", 0),
        "at": at,
        "span": None if span is None else Jsonb(span.model_dump(exclude_none=True)),
        "due_at": more.get("due_at"),
        "counts_from": more.get("counts_from"),
        "calendar": calendar_of(case.department_id).mark,
        "by_id": more.get("by_id"),
        "note": more.get("note", ""),
    }
    with unit() as open_unit:
        open_unit.insert(TABLE, **row)


@dataclass(frozen=True)
class Ledger:
    """The lines of one case in their order."""

    lines: list[ClockEntry]

    @classmethod
    def of(cls, case: Any) -> Ledger:
        """Read the lines of a case."""
        return cls(list(ClockEntry.objects.filter(case_id=case.pk).order_by("id")))

    def begun(self, key: Key) -> ClockEntry | None:
        """From which line a clock counts: its start, or the last time that it was given another span."""
        counts = (ClockVerb.STARTED, ClockVerb.CHANGED, ClockVerb.MOVED)
        found = [line for line in self.lines if line.clock == key and line.verb in counts]
        return found[-1] if found and found[-1].span is not None else None

    def stops(self, *, of_applicant: bool) -> list[Stop]:
        """When clocks stood still; those of the applicant's own work only while the case was on hold."""
        reasons = [StopReason.HOLD] if of_applicant else list(StopReason)
        return [stop for reason in reasons for stop in _stops(self.lines, reason)]

    def due(self, key: Key, calendar: WorkingCalendar, *, of_applicant: bool = False) -> datetime | None:
        """When a clock is due by this calendar; None if its start is not written down."""
        line = self.begun(key)
        if line is None or line.span is None:
            return None
        return due_after(calendar, span_of(line), line.start, self.stops(of_applicant=of_applicant))


def span_of(line: ClockEntry) -> Span:
    """The length of time of a line."""
    return Span.model_validate(line.span)


def _stops(lines: Iterable[ClockEntry], reason: StopReason) -> list[Stop]:
    found: list[Stop] = []
    since: datetime | None = None
    for line in lines:
        if line.reason != reason:
            continue
        if line.verb == ClockVerb.STOPPED:
            since = since or line.at
        elif since is not None:
            found.append(Stop(since, line.at))
            since = None
    return [*found, Stop(since)] if since else found
