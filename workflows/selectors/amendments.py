"""What is asked about the certificates of a case, for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.departments.access import departments_with, may
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Amendment, Case

MOST = 100
SETTLES = (Permission.APPROVE_CASE, Permission.REVOKE_CERTIFICATE, Permission.SEE_PERSONAL_DATA)


@dataclass(frozen=True)
class AmendmentLine:
    """One correction of a certificate, as the page of its case tells it."""

    id: int
    number: str
    state: str
    reason: str
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_at: datetime | None
    settled_words: str
    new_number: str
    may_settle: bool


@dataclass(frozen=True)
class WaitingAmendment:
    """One correction that waits for a decision, as the list of a department tells it."""

    id: int
    reference: str
    number: str
    service_title: str
    asked_by: str
    asked_at: datetime
    time_zone: str
    may_settle: bool


def may_settle(user: User, department_id: int) -> bool:
    """Whether a person may decide on corrections of certificates of a department."""
    return all(may(user, right, department_id) for right in SETTLES)


def may_ask(user: User, case: Case) -> bool:
    """Whether a person may ask for a correction of a certificate of the case."""
    rights = (Permission.WORK_CASE, Permission.SEE_PERSONAL_DATA)
    return user.pk != case.applicant_id and all(may(user, right, case.department_id) for right in rights)


def amendments_of(user: User, case: Case) -> list[AmendmentLine]:
    """The corrections of a case, the newest first; the reasons only to who may read the answers."""
    rows = Amendment.objects.filter(case=case).select_related(
        "certificate", "replacement", "asked_by", "settled_by"
    )
    reads = may(user, Permission.SEE_PERSONAL_DATA, case.department_id)
    settles = may_settle(user, case.department_id) and user.pk != case.applicant_id
    return [_line(row, user, reads=reads, settles=settles) for row in rows.order_by("-asked_at", "-pk")]


def waiting_amendments(user: User, language: str) -> list[WaitingAmendment]:
    """What waits for a decision in the departments in which a person sees cases, the oldest first."""
    seen = departments_with(user, Permission.VIEW_CASE)
    rows = Amendment.objects.filter(department__in=seen, state=Amendment.State.WAITING).select_related(
        "case__service", "certificate", "asked_by", "department"
    )
    rows = rows.defer("answers", "reason", "case__data", "case__service__working")
    return [_waiting(row, user, language) for row in rows.order_by("asked_at", "pk")[:MOST]]


def amendment_in(case: Case, amendment_id: int) -> Amendment:
    """A correction of this case; raises Amendment.DoesNotExist."""
    found = Amendment.objects.select_related("certificate", "asked_by").get(pk=amendment_id, case=case)
    found.case = case
    return found


def _waiting(row: Amendment, user: User, language: str) -> WaitingAmendment:
    own = user.pk in (row.asked_by_id, row.case.applicant_id)
    return WaitingAmendment(
        id=row.pk,
        reference=row.case.reference,
        number=row.certificate.number,
        service_title=row.case.service.name(language),
        asked_by=row.asked_by.get_full_name(),
        asked_at=row.asked_at,
        time_zone=row.department.time_zone,
        may_settle=not own and may_settle(user, row.department_id),
    )


def _line(row: Amendment, user: User, *, reads: bool, settles: bool) -> AmendmentLine:
    waits = row.state == Amendment.State.WAITING
    return AmendmentLine(
        id=row.pk,
        number=row.certificate.number,
        state=row.state,
        reason=row.reason if reads else "",
        asked_by=row.asked_by.get_full_name(),
        asked_at=row.asked_at,
        settled_by=row.settled_by.get_full_name() if row.settled_by is not None else "",
        settled_at=row.settled_at,
        settled_words=row.settled_words if reads else "",
        new_number=row.replacement.number if row.replacement is not None else "",
        may_settle=waits and settles and row.asked_by_id != user.pk,
    )
