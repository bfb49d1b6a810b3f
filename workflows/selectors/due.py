"""How urgent something is, in the working days of its department."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from engine.core.worktime import WorkingCalendar

DueKind = Literal["none", "paused", "late", "today", "tomorrow", "soon", "later"]
SOON_DAYS = 2
FAR = 60  # beyond this the exact number of working days helps nobody, and counting it costs


@dataclass(frozen=True)
class DueChip:
    """What the chip says: its kind, the local moment, and working days from now (late: since then)."""

    kind: DueKind
    at: datetime | None = None
    days: int = 0


def due_chip(
    due_at: datetime | None,
    calendar: WorkingCalendar,
    *,
    paused: bool = False,
    now: datetime | None = None,
) -> DueChip:
    """The chip of a due time."""
    if paused:
        return DueChip("paused", due_at)
    if due_at is None:
        return DueChip("none")
    moment = (now or timezone.now()).astimezone(calendar.zone)
    local = due_at.astimezone(calendar.zone)
    if due_at < (now or timezone.now()):  # clocks of one zone are compared without their offset
        return DueChip("late", local, _days(calendar, local.date(), moment.date()))
    if local.date() == moment.date():
        return DueChip("today", local)
    if (local.date() - moment.date()).days == 1:
        return DueChip("tomorrow", local, 1)
    days = _days(calendar, moment.date(), local.date())
    return DueChip("soon" if days <= SOON_DAYS else "later", local, days)


def _days(calendar: WorkingCalendar, start: date, end: date) -> int:
    if (end - start).days > FAR:
        return FAR
    return calendar.working_days_between(start, end)
