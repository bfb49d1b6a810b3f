"""Changing the course of one case: undo the last step, move to a step, cancel, reopen, archive.

Supervisors and administrators of the department may; who ended a step may undo it for ten minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.timezone import now
from viewflow.workflow.token import Token

from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Certificate
from workflows import ending
from workflows.advancing import CLOSED, advance, cancel_items
from workflows.course_refusals import CourseRefused
from workflows.models import Case, CaseState, WorkItem
from workflows.recording import recorded, recorded_case
from workflows.roles import may_steer
from workflows.selectors.case_finding import find_case
from workflows.selectors.course import can_be_moved_to, may_undo
from workflows.services.course_letters import tell_applicant, tell_owner
from workflows.services.merging import take_apart
from workflows.services.refused import refusals_noted
from workflows.services.running import refuse_running
from workflows.states import being_checked
from workflows.undoing import last_decided, refuse_undo, undo
from workflows.unit import lock_case, unit

LONGEST_REASON = 2000
IN_FORCE = (Certificate.State.PREPARING, Certificate.State.VALID)


@refusals_noted
def undo_last_step(*, reference: str, by: User) -> WorkItem:
    """Take back what was decided last; gives the work item that waits again."""
    with _locked(reference, by, lambda *_: True) as case:
        items = _items(case)
        decided = last_decided(items)
        if not (may_steer(by, case.department_id) or may_undo(by, case.department_id, decided)):
            raise AccessRefused(Permission.ASSIGN_CASE, case.department_id)
        followers = refuse_undo(case, items, decided, by.language)
        again: WorkItem = undo(case, decided, followers)
        recorded("work.undone", decided, by)
        tell_owner(again, case, by, "undone")
    return again


@refusals_noted
def move_to_step(*, reference: str, node_key: str, reason: str, by: User) -> Case:
    """Leave everything that is open, and go on at another step; the reason is kept with the case."""
    with _locked(reference, by, may_steer) as case:
        _refuse_without(reason)
        if case.finished is not None:
            raise CourseRefused("ended")
        _go_to(case, node_key, by)
        _recorded("case.moved", case, by, reason, node=node_key)
    return case


@refusals_noted
def cancel_case(*, reference: str, reason: str, by: User) -> Case:
    """End an open case; the applicant is told why."""
    with _locked(reference, by, may_steer) as case:
        words = _refuse_without(reason)
        if case.finished is not None:
            raise CourseRefused("ended")
        refuse_running(case, by)
        ending.end_case(case, CaseState.CANCELLED)
        _recorded("case.cancelled", case, by, words)
        tell_applicant(case, by, "cancelled", words)
    return case


@refusals_noted
def reopen_case(*, reference: str, node_key: str, reason: str, by: User) -> Case:
    """Let a case that has ended go on at a step; the applicant is told why."""
    with _locked(reference, by, may_steer) as case:
        words = _refuse_without(reason)
        refuse_reopening(case)
        take_apart(case, by)
        ending.reopen_case(case)
        _go_to(case, node_key, by)
        _recorded("case.reopened", case, by, words, node=node_key)
        tell_applicant(case, by, "reopened", words)
    return case


def refuse_reopening(case: Case) -> None:
    """Refuse what has not ended, what the applicant took back, and what a certificate in force stands on."""
    if case.finished is None:
        raise CourseRefused("open")
    if case.archived_at is not None:
        raise CourseRefused("archived")
    if case.state == CaseState.WITHDRAWN:
        raise CourseRefused("withdrawn")
    issued = Certificate.objects.filter(case_reference=case.reference, department_id=case.department_id)
    if issued.filter(state__in=IN_FORCE).exists():
        raise CourseRefused("certificate")


@refusals_noted
def archive_case(*, reference: str, by: User) -> None:
    """Take an ended case out of the lists; its page and its record stay. Again changes nothing."""
    with _locked(reference, by, may_steer) as case:
        if case.finished is None:
            raise CourseRefused("open")
        if case.archived_at is None:
            _archive(case, now(), "case.archived", by)


@refusals_noted
def unarchive_case(*, reference: str, by: User) -> None:
    """Bring an archived case back into the lists; again changes nothing."""
    with _locked(reference, by, may_steer) as case:
        if case.archived_at is not None:
            _archive(case, None, "case.unarchived", by)


def _archive(case: Case, at: Any, verb: str, by: User) -> None:
    case.archived_at = at
    case.save(update_fields=["archived_at"])
    recorded_case(verb, case, by)


@contextmanager
def _locked(reference: str, by: User, allowed: Callable[[User, int], bool]) -> Iterator[Case]:
    """The case, locked, for who may do this in its department."""
    found = find_case(by, reference)
    if not allowed(by, found.department_id):
        raise AccessRefused(Permission.ASSIGN_CASE, found.department_id)
    with unit():
        yield lock_case(found.pk)


def _items(case: Case) -> list[WorkItem]:
    items = list(WorkItem.objects.filter(process=case).select_related("owner").order_by("created", "pk"))
    for item in items:
        item.process = case
    return items


def _go_to(case: Case, node_key: str, by: User) -> None:
    """Leave what is open, and begin at a step where a case can rest."""
    refuse_running(case, by)
    if not can_be_moved_to(case, node_key):
        raise CourseRefused("not_there")
    items = _items(case)
    still_open = [item for item in items if item.status not in CLOSED]
    for item in still_open:
        tell_owner(item, case, by, "moved")
    cancel_items(case, still_open)
    last = items[-1]
    target = case.flow_class.step(node_key)
    arrived = target._create(last.flow_task.activation_class(last), Token("start"))
    being_checked(case)
    advance([arrived])


def _refuse_without(reason: str) -> str:
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise CourseRefused("reason")
    return words


def _recorded(verb: str, case: Case, by: User, reason: str, **details: Any) -> None:
    """The record says who, what and where to; the reason stands in the case, because it may name people."""
    case.data.setdefault("course", []).append({"verb": verb, "at": now().isoformat(), "reason": reason})
    case.save(update_fields=["data"])
    recorded_case(verb, case, by, **details)
