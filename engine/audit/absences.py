"""Announcing an absence and ending it, with an audit entry that names who is away and who stands in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engine.audit import log
from engine.audit.people import NotAMember
from engine.departments import access
from engine.departments.absences import refuse_deputies
from engine.departments.models import Absence, Department, User
from engine.departments.permissions import Permission


@transaction.atomic
def announce_absence(
    *, person: User, deputy: User, department: Department, starts_at: datetime, ends_at: datetime, by: User
) -> Absence:
    """Let a deputy do a person's work for a time: said by the person, or by an administrator for them."""
    if by.pk != person.pk:
        access.require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
    Department.objects.select_for_update().get(pk=department.pk)  # two at once must not make a circle
    for each in (person, deputy):
        if not each.is_active or department.pk not in access.departments_of(each):
            raise NotAMember
    absence = Absence(
        department=department, person=person, deputy=deputy, starts_at=starts_at, ends_at=ends_at
    )
    refuse_deputies(absence)
    absence.save()
    _record("absence.announced", absence, by)
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> None:
    """Take it back, or end it now if it has begun; again changes nothing."""
    if by.pk != absence.person_id:
        access.require(by, Permission.ADMINISTER_DEPARTMENT, absence.department_id)
    locked = Absence.objects.select_for_update(of=("self",)).filter(pk=absence.pk).first()
    now = timezone.now()
    if locked is None or locked.ends_at <= now:
        return
    if locked.starts_at >= now:
        _record("absence.withdrawn", locked, by)
        locked.delete()
        return
    locked.ends_at = now
    locked.save(update_fields=["ends_at"])
    _record("absence.ended", locked, by)


def _record(verb: str, absence: Absence, by: User) -> None:
    log.record(
        verb,
        chain=log.department_chain(absence.department.key),
        actor=by,
        department_id=absence.department_id,
        subject=f"user:{absence.person_id}",
        details={
            "deputy": absence.deputy_id,
            "from": absence.starts_at.isoformat(),
            "until": absence.ends_at.isoformat(),
        },
    )
