"""Giving and taking roles, with an audit entry in the same transaction.

The verbs stand here and not in `engine.departments`, because the audit stands above it.
"""

from django.db import transaction

from engine.audit import log
from engine.departments import access
from engine.departments.models import Department, User
from engine.departments.roles import Role


@transaction.atomic
def give_role(user: User, role: Role, department: Department, *, by: User | None) -> None:
    """Give a person a role; `by` must administer the department, None is the installation itself."""
    access.grant_role(user, role, department, by)
    _record("role.given", user, role, department, by)


@transaction.atomic
def take_role(user: User, role: Role, department: Department, *, by: User | None) -> None:
    """Take a role from a person; `by` must administer the department."""
    access.revoke_role(user, role, department, by)
    _record("role.taken", user, role, department, by)


def _record(verb: str, user: User, role: Role, department: Department, by: User | None) -> None:
    log.record(
        verb,
        chain=log.department_chain(department.key),
        actor=by,
        actor_note="" if by else "installation",
        department_id=department.pk,
        subject=f"user:{user.pk}",
        details={"role": role.value},
    )
