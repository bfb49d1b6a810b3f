"""The right that a step asks for, by the role that it names."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser

from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.departments.roles import Role

# A supervisor may do a clerk's step, because the role has the clerk's right too.
RIGHT_FOR: Mapping[str, Permission] = {
    Role.CLERK.value: Permission.WORK_CASE,
    Role.SUPERVISOR.value: Permission.APPROVE_CASE,
    Role.ADMINISTRATOR.value: Permission.ADMINISTER_DEPARTMENT,
}


def right_for(role: str) -> Permission:
    """The right that a step with this role asks for; an unknown role asks for the strictest one."""
    return RIGHT_FOR.get(role, Permission.ADMINISTER_DEPARTMENT)


def may_do(user: User | AnonymousUser, role: str, department_id: int) -> bool:
    """Whether the person may do a step that names this role."""
    return may(user, right_for(role), department_id)
