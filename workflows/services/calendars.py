"""Changing the working calendar of a department, and what depends on it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from engine.audit import log as audit
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.calendar_changes import begin_change
from workflows.models import CalendarChange, Case, Deadline, WorkItem
from workflows.recounting import CLOCKED, LIVE
from workflows.unit import unit

COLUMNS = ("time_zone", "week", "holiday_country", "own_days")


@dataclass(frozen=True)
class Reach:
    """How much is worked out again: open cases, their open work, and deadlines that wait."""

    cases: int
    items: int
    deadlines: int


def reach_of_change(department: Department, *, by: User) -> Reach:
    """What a change of the calendar would work out again."""
    require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
    cases = Case.objects.filter(department=department, finished=None)
    items = WorkItem.objects.filter(department=department, finished=None, kind__in=CLOCKED)
    deadlines = Deadline.objects.filter(case__department=department, case__finished=None, **LIVE)
    return Reach(cases.count(), items.exclude(due_at=None).count(), deadlines.count())


def check_calendar(department: Department, settings: dict[str, Any]) -> dict[str, list[str]]:
    """What is wrong with these settings, by column; nothing is stored."""
    _apply(department, settings)
    try:
        department.clean_fields(exclude=_others(department))
    except ValidationError as refused:
        return {column: list(sentences) for column, sentences in refused.message_dict.items()}
    return {}


class CalendarMoved(Exception):
    """Somebody else changed the calendar since it was read."""


def revision_of(department: Department) -> str:
    """What tells whether the calendar has been changed since."""
    said = json.dumps({column: getattr(department, column) for column in COLUMNS}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def change_calendar(
    *, department: Department, settings: dict[str, Any], by: User, seen: str | None = None
) -> CalendarChange | None:
    """Store the calendar, and work out all that is open again; None when it is as it was.

    `seen` is the revision that the person has read.
    """
    require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
    with unit() as open_unit:
        stored = Department.objects.select_for_update().get(pk=department.pk)
        if seen is not None and seen != revision_of(stored):
            raise CalendarMoved
        before = {column: getattr(stored, column) for column in COLUMNS}
        _apply(stored, settings)
        after = {column: getattr(stored, column) for column in COLUMNS}
        if before == after:
            return None
        stored.save()
        change = begin_change(stored, by_id=by.pk)
        changed = [column for column in COLUMNS if before[column] != after[column]]
        row = audit.row(
            "calendar.changed",
            chain=audit.department_chain(stored.key),
            actor=by,
            department_id=stored.pk,
            subject=f"department:{stored.pk}",
            details={
                "mark": change.mark,
                "before": {column: before[column] for column in changed},
                "after": {column: after[column] for column in changed},
            },
        )
        open_unit.insert(audit.TABLE, **row)
    return change


def _apply(department: Department, settings: dict[str, Any]) -> None:
    for column in COLUMNS:
        if column in settings:
            setattr(department, column, settings[column])


def _others(department: Department) -> list[str]:
    return [field.name for field in department._meta.fields if field.name not in COLUMNS]
