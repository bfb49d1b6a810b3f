"""Flags: set on a case and taken off again; named by its service, or by a department for all its services."""

from django.db import transaction
from django.utils import timezone

from engine.audit import log
from engine.core.text import Text
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.models import CaseFlag, DepartmentFlag
from workflows.recording import recorded_case
from workflows.selectors.case_finding import find_case
from workflows.selectors.flags import offered_flags
from workflows.services.refusals import NothingWritten, TooManyFlags, UnknownFlag
from workflows.services.refused import refusals_noted

LONGEST_LABEL = 40
MOST_FLAGS = 30


@refusals_noted
@transaction.atomic
def set_flag(*, reference: str, key: str, by: User) -> None:
    """Set a flag on a case; setting it again changes nothing."""
    case = find_case(by, reference)
    require(by, Permission.WORK_CASE, case.department_id)
    if key not in offered_flags(case):
        raise UnknownFlag
    _, is_new = CaseFlag.objects.get_or_create(case=case, key=key, defaults={"by": by})
    if is_new:
        recorded_case("case.flagged", case, by, flag=key)


@refusals_noted
@transaction.atomic
def take_flag_off(*, reference: str, key: str, by: User) -> None:
    """Take a flag off a case; what is not set changes nothing."""
    case = find_case(by, reference)
    require(by, Permission.WORK_CASE, case.department_id)
    gone, _ = CaseFlag.objects.filter(case=case, key=key).delete()
    if gone:
        recorded_case("case.unflagged", case, by, flag=key)


@transaction.atomic
def name_flag(*, department: Department, label: Text, by: User) -> DepartmentFlag:
    """Name a flag for all services of a department."""
    require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
    words = {tag: text.strip()[:LONGEST_LABEL] for tag, text in label.root.items() if text.strip()}
    if not words:
        raise NothingWritten
    Department.objects.select_for_update().get(pk=department.pk)
    if DepartmentFlag.objects.filter(department=department, retired_at=None).count() >= MOST_FLAGS:
        raise TooManyFlags
    flag = DepartmentFlag.objects.create(department=department, label=words)
    _record("flag.named", flag, by)
    return flag


@transaction.atomic
def retire_flag(*, flag: DepartmentFlag, by: User) -> None:
    """Offer a flag no more; where it is set it stays until somebody takes it off."""
    require(by, Permission.ADMINISTER_DEPARTMENT, flag.department_id)
    locked = DepartmentFlag.objects.select_for_update().get(pk=flag.pk)
    if locked.retired_at is None:
        locked.retired_at = timezone.now()
        locked.save(update_fields=["retired_at"])
        _record("flag.retired", locked, by)


def _record(verb: str, flag: DepartmentFlag, by: User) -> None:
    log.record(
        verb,
        chain=log.department_chain(flag.department.key),
        actor=by,
        department_id=flag.department_id,
        subject=f"flag:{flag.pk}",
        details={},
    )
