"""Working out anew when the clocks of a case are due, from their lines in the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.timezone import now

from engine.core.worktime import WorkingCalendar
from workflows import ledger
from workflows.calendars import calendar_of
from workflows.ledger import CASE, Key, Ledger
from workflows.models import ClockVerb, Deadline, DeadlineKind, WorkItem, WorkKind

LIVE = {"fired_at": None, "cancelled_at": None}
CLOCKED = (WorkKind.PERSON, WorkKind.APPLICANT, WorkKind.OUTSIDE)  # work that is due


@dataclass
class Moved:
    """What is due at another time than before."""

    case: bool = False
    items: list[WorkItem] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.case or bool(self.items) or bool(self.deadlines)


def count_again(case: Any, *, changed_calendar: bool = False) -> Moved:
    """Set every due time of a locked case to what the ledger gives; a changed calendar is written down."""
    return _Count(case, changed_calendar).all()


class _Count:
    """One pass over the clocks of a case."""

    def __init__(self, case: Any, changed_calendar: bool) -> None:
        self.case, self.at = case, now()
        self.calendar: WorkingCalendar = calendar_of(case.department_id)
        self.ledger = Ledger.of(case)
        self.changed_calendar = changed_calendar
        self.moved = Moved()
        self.fresh: dict[Key, datetime] = {}
        self.written: set[Key] = set()

    def all(self) -> Moved:
        """The case first, because items without a time of their own follow it."""
        before = self.case.due_at
        self._case()
        items = WorkItem.objects.filter(process=self.case, finished=None)
        kinds = {}
        for item in items.filter(kind__in=CLOCKED):
            kinds[item.pk] = item.kind
            self._item(item, before)
        deadlines = Deadline.objects.filter(case=self.case, **LIVE).exclude(kind=DeadlineKind.HOLD)
        for deadline in deadlines.order_by("number", "id"):
            self._deadline(deadline, kinds.get(deadline.work_item_id))
        Deadline.objects.bulk_update(self.moved.deadlines, ["due_at"])
        return self.moved

    def _case(self) -> None:
        due_at = self.ledger.due(CASE, self.calendar)
        if due_at is not None and _differs(self.case.due_at, due_at):
            self.case.due_at, self.moved.case = due_at, True
            self.case.save(update_fields=["due_at"])
            self._line(CASE, due_at)

    def _item(self, item: WorkItem, case_was_due: datetime | None) -> None:
        key = (item.pk, item.node_key)
        due_at = self._due(key, item.kind)
        if due_at is None and item.due_at == case_was_due:
            due_at = self.case.due_at
        if due_at is None or not _differs(item.due_at, due_at):
            return
        item.due_at = due_at
        item.save(update_fields=["due_at"])
        self.moved.items.append(item)
        if key in self.fresh:
            self._line(key, due_at)

    def _deadline(self, deadline: Deadline, kind: str | None) -> None:
        key = (deadline.work_item_id, deadline.node_key)
        due_at = self._due(key, kind)
        if deadline.kind == DeadlineKind.WARNING:
            step = self.case.flow_class.step(deadline.node_key)
            due_at = None if step is None else step.warned_at(self.calendar, due_at, deadline.number)
        if due_at is None or not _differs(deadline.due_at, due_at):
            return
        deadline.due_at = due_at
        self.moved.deadlines.append(deadline)
        if deadline.kind != DeadlineKind.WARNING:
            self._line(key, due_at)

    def _due(self, key: Key, kind: str | None) -> datetime | None:
        """When a clock is due; None for one that is not in the ledger."""
        if key not in self.fresh:
            found = self.ledger.due(key, self.calendar, of_applicant=kind == WorkKind.APPLICANT)
            if found is None:
                return None
            self.fresh[key] = found
        return self.fresh[key]

    def _line(self, key: Key, due_at: datetime) -> None:
        # an item and the deadline for it are one clock, and have one line
        if self.changed_calendar and key not in self.written:
            self.written.add(key)
            ledger.write(self.case, ClockVerb.RECALCULATED, self.at, key, due_at=due_at)


def _differs(one: datetime | None, other: datetime) -> bool:
    """Compared in UTC: in an hour that the clocks repeat, nothing equals a time of another zone."""
    return one is None or one.astimezone(UTC) != other.astimezone(UTC)
