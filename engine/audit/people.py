"""Giving and taking roles and naming managers, with an audit entry in the same transaction.

The verbs stand here and not in `engine.departments`, because the audit stands above it.
"""

from django.db import transaction

from engine.audit import log
from engine.departments import access
from engine.departments.managers import put_manager
from engine.departments.models import Department, User, WorkRole
from engine.departments.permissions import Permission
from engine.departments.roles import Role


class NotAMember(ValueError):
    """The person has no role in the department."""


class LastAdministrator(Exception):
    """Without this person nobody could give roles in the department any more."""


@transaction.atomic
def give_role(user: User, role: Role | WorkRole, department: Department, *, by: User | None) -> None:
    """Give a person a role; `by` must administer the department, None is the installation itself."""
    access.grant_role(user, role, department, by)
    _record("role.given", user, role, department, by)


@transaction.atomic
def take_role(user: User, role: Role | WorkRole, department: Department, *, by: User | None) -> None:
    """Take a role from a person; `by` must administer the department.

    Only the installation itself (None) takes the role of its last administrator.
    """
    if by is not None and role is Role.ADMINISTRATOR:
        Department.objects.select_for_update().get(pk=department.pk)  # two of them at once: one stays
        if not access.people_with(role, department).exclude(pk=user.pk).exists():
            access.require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
            raise LastAdministrator
    access.revoke_role(user, role, department, by)
    _record("role.taken", user, role, department, by)


@transaction.atomic
def set_manager(person: User, manager: User | None, department: Department, *, by: User | None) -> None:
    """Say who leads a person in a department, or that nobody does; both must belong to it."""
    if by is not None:
        access.require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
    Department.objects.select_for_update().get(pk=department.pk)  # two changes must not make a circle
    for each in (person, manager):
        if each is not None and department.pk not in access.departments_of(each):
            raise NotAMember
    put_manager(person, manager, department)
    log.record(
        "manager.set",
        chain=log.department_chain(department.key),
        actor=by,
        actor_note="" if by else "installation",
        department_id=department.pk,
        subject=f"user:{person.pk}",
        details={"manager": manager.pk if manager else None},
    )


def _record(verb: str, user: User, role: Role | WorkRole, department: Department, by: User | None) -> None:
    log.record(
        verb,
        chain=log.department_chain(department.key),
        actor=by,
        actor_note="" if by else "installation",
        department_id=department.pk,
        subject=f"user:{user.pk}",
        details={"work_role": role.key} if isinstance(role, WorkRole) else {"role": role.value},
    )
