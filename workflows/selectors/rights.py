"""What staff may see and do on cases: steps name roles, departments grant rights."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser

from engine.departments.access import departments_with, may
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.departments.roles import Role
from workflows.models import Case, WorkItem, WorkKind

Person = User | AnonymousUser

# A supervisor may do a clerk's step, because the role has the clerk's right too.
RIGHT_FOR: Mapping[str, Permission] = {
    Role.CLERK.value: Permission.WORK_CASE,
    Role.SUPERVISOR.value: Permission.APPROVE_CASE,
    Role.ADMINISTRATOR.value: Permission.ADMINISTER_DEPARTMENT,
}


def right_for(role: str) -> Permission:
    """The right that a step with this role asks for; an unknown role asks for the strictest one."""
    return RIGHT_FOR.get(role, Permission.ADMINISTER_DEPARTMENT)


def may_do(user: Person, role: str, department_id: int) -> bool:
    """Whether the person may do a step that names this role."""
    return may(user, right_for(role), department_id)


def work_of(user: Person) -> list[tuple[int, str]]:
    """Every department and role in which the person may take work."""
    found = {
        (department, role)
        for role, right in RIGHT_FOR.items()
        for department in departments_with(user, right)
    }
    return sorted(found)


def may_read_personal_data(user: Person, department_id: int, role: str = "") -> bool:
    """Whether personal data is shown in a list: to who has the right, or has this very step to do."""
    if may(user, Permission.SEE_PERSONAL_DATA, department_id):
        return True
    return bool(role) and may_do(user, role, department_id)


def may_read_answers(user: Person, case: Case) -> bool:
    """Whether personal answers are shown: to who has the right, or has something to decide on the case."""
    if may(user, Permission.SEE_PERSONAL_DATA, case.department_id):
        return True
    open_work = WorkItem.objects.filter(process=case, kind=WorkKind.PERSON, finished=None)
    return any(may_do(user, role, case.department_id) for role in open_work.values_list("role", flat=True))
