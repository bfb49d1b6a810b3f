"""Holding a case, so that all its clocks stand still, and letting it go on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import now

from engine.core.opening import MIDNIGHT, moment
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.clock import arm_case, calendar_of
from workflows.deadlines import end_hold
from workflows.models import Case, DeadlineKind, StopReason
from workflows.recording import recorded_case
from workflows.selectors.case_finding import find_case
from workflows.services.refusals import HeldTooLong, NotHeld, NotOpen, OnHold, ReasonMissing
from workflows.services.refused import refusals_noted
from workflows.stopping import stop
from workflows.unit import lock_case, unit

LONGEST = timedelta(days=5 * 366)
LONGEST_REASON = 1000


@refusals_noted
def hold(*, reference: str, by: User, reason: str, until: date | None = None) -> Case:
    """Stop every clock of a case, also the applicant's, until somebody resumes it or a day begins."""
    found = find_case(by, reference)
    require(by, Permission.WORK_CASE, found.department_id)
    note = " ".join(reason.split())[:LONGEST_REASON]
    if not note:
        raise ReasonMissing
    with unit():
        case: Case = lock_case(found.pk)
        _refuse(case, held=False)
        case.held_at, case.held_until = now(), _end(case, until)
        case.save(update_fields=["held_at", "held_until"])
        stop(case, StopReason.HOLD, case.held_at, note=note, by_id=by.pk)
        if case.held_until is not None:
            arm_case(case, "", DeadlineKind.HOLD, case.held_until)
        recorded_case("case.held", case, by, until=until.isoformat() if until else "")
    return case


@refusals_noted
def resume(*, reference: str, by: User) -> Case:
    """Let a held case go on: what was left of each clock is left from now on."""
    found = find_case(by, reference)
    require(by, Permission.WORK_CASE, found.department_id)
    with unit():
        case: Case = lock_case(found.pk)
        _refuse(case, held=True)
        end_hold(case, by=by)
    return case


def _refuse(case: Case, *, held: bool) -> None:
    if case.finished is not None:
        raise NotOpen
    if (case.held_at is not None) is not held:
        raise NotHeld if held else OnHold


def _end(case: Case, until: date | None) -> datetime | None:
    """The first open moment of the day, or after it; a day that has begun is too early."""
    if until is None:
        return None
    calendar = calendar_of(case.department_id)
    today = now().astimezone(calendar.zone).date()
    if not today < until <= today + LONGEST:
        raise HeldTooLong
    return calendar.add_working_time(moment(until, MIDNIGHT, calendar.zone), timedelta())
