"""An application that was sent twice: one of both cases ends and points at the other, which goes on."""

from __future__ import annotations

from django.utils.timezone import now

from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Certificate
from workflows.course_refusals import CourseRefused
from workflows.ending import end_case
from workflows.models import Case, CaseMerge, CaseState, Payment, PaymentState
from workflows.recording import recorded_case
from workflows.roles import may_steer
from workflows.selectors.case_finding import find_case
from workflows.services.course_letters import tell_applicant
from workflows.services.refused import refusals_noted
from workflows.services.running import refuse_running
from workflows.unit import lock_case, unit

MONEY = (PaymentState.PAID, PaymentState.LATE, PaymentState.SURPLUS)


@refusals_noted
def merge_case(*, reference: str, into: str, by: User) -> Case:
    """End a case that is the same as another; its applicant is told which one goes on."""
    found = [find_case(by, each) for each in (reference, into)]
    for each in found:
        if not may_steer(by, each.department_id):
            raise AccessRefused(Permission.ASSIGN_CASE, each.department_id)
    with unit():
        locked = {pk: lock_case(pk) for pk in sorted({each.pk for each in found})}
        duplicate, kept = (locked[each.pk] for each in found)
        _refuse(duplicate, kept, by)
        end_case(duplicate, CaseState.MERGED)
        CaseMerge.objects.create(duplicate=duplicate, kept=kept, by=by, at=now())
        recorded_case("case.merged", duplicate, by, subject=f"merge:{kept.reference}")
        recorded_case("case.took_in", kept, by, subject=f"merge:{duplicate.reference}")
        tell_applicant(duplicate, by, "merged", "", kept=kept.reference)
    merged: Case = duplicate
    return merged


def take_apart(case: Case, by: User) -> None:
    """A case that was merged is being reopened: it is another's no more; raises CourseRefused."""
    merge = CaseMerge.objects.select_related("kept").filter(duplicate=case, undone_at=None).first()
    if merge is None:
        return
    if merge.kept.finished is not None:
        raise CourseRefused("kept_ended")
    merge.undone_at = now()
    merge.save(update_fields=["undone_at"])
    recorded_case("case.taken_apart", merge.kept, by, subject=f"merge:{case.reference}")


def _refuse(duplicate: Case, kept: Case, by: User) -> None:
    """Refuse what is not the same, what has ended, and what something outside stands on."""
    if duplicate.pk == kept.pk or duplicate.service_id != kept.service_id:
        raise CourseRefused("other_service")
    if duplicate.finished is not None:
        raise CourseRefused("ended")
    if kept.finished is not None:
        raise CourseRefused("kept_ended")
    references = [duplicate.reference, kept.reference]
    issued = Certificate.objects.filter(case_reference__in=references, department_id=kept.department_id)
    if issued.exists():
        raise CourseRefused("issued")
    if duplicate.awaited_by_id is not None:
        raise CourseRefused("awaited")
    if Payment.objects.filter(case=duplicate, state__in=MONEY).exists():
        raise CourseRefused("paid")
    refuse_running(duplicate, by)
