"""Who may do a step: it names roles of the product, or roles that its department made for the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AnonymousUser

from engine.departments.access import (
    AccessRefused,
    departments_with,
    held_work_roles,
    holds,
    may,
    people_with,
    work_roles_of,
)
from engine.departments.models import Department, User, WorkRole
from engine.departments.permissions import Permission
from engine.departments.roles import Role

Person = User | AnonymousUser

# A supervisor may do a clerk's step, because the role has the clerk's right too.
RIGHT_FOR: Mapping[str, Permission] = {
    Role.CLERK.value: Permission.WORK_CASE,
    Role.SUPERVISOR.value: Permission.APPROVE_CASE,
    Role.ADMINISTRATOR.value: Permission.ADMINISTER_DEPARTMENT,
}


def may_do(user: Person, role: str, department_id: int) -> bool:
    """Whether the person may do a step that names this role."""
    right = RIGHT_FOR.get(role)
    return holds(user, role, department_id) if right is None else may(user, right, department_id)


def may_steer(user: Person, department_id: int) -> bool:
    """Whether a person may change the course of cases of a department: who gives work out or administers."""
    rights = (Permission.ASSIGN_CASE, Permission.ADMINISTER_DEPARTMENT)
    return any(may(user, right, department_id) for right in rights)


def may_do_any(user: Person, roles: Iterable[str], department_id: int) -> bool:
    """Whether the person may do a step that names these roles; one of them is enough."""
    return any(may_do(user, role, department_id) for role in roles)


def require_any(user: Person, roles: Iterable[str], department_id: int) -> None:
    """Refuse who may not do a step that names these roles."""
    if not may_do_any(user, roles, department_id):
        raise AccessRefused(Permission.WORK_CASE, department_id)


def work_of(user: Person) -> list[tuple[int, str]]:
    """Every department and role in which the person may take work."""
    found = {
        (department, role)
        for role, right in RIGHT_FOR.items()
        for department in departments_with(user, right)
    }
    return sorted(found | work_roles_of(user))


def people_who_may_do(roles: Iterable[str], department: Department) -> list[User]:
    """The active people who may do a step that names these roles, by name."""
    named = list(roles)
    own = WorkRole.objects.filter(department=department, key__in=[r for r in named if r not in RIGHT_FOR])
    asked: list[Permission | WorkRole] = [*(RIGHT_FOR[role] for role in named if role in RIGHT_FOR), *own]
    found = {person.pk: person for right in asked for person in people_with(right, department)}
    return sorted(found.values(), key=lambda person: (person.name, person.pk))


def nobody_holds(roles: Iterable[str], department: Department) -> list[str]:
    """Those of these roles whose steps nobody of the department could do."""
    own = held_work_roles(department)
    return [
        role
        for role in roles
        if not (people_with(RIGHT_FOR[role], department).exists() if role in RIGHT_FOR else role in own)
    ]


def people_in_role(role: str, department: Department) -> list[User]:
    """The active people of a department who hold exactly this role, by name."""
    if role in RIGHT_FOR:
        return list(people_with(Role(role), department))
    own = WorkRole.objects.filter(department=department, key=role).first()
    return list(people_with(own, department)) if own else []
