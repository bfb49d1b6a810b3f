"""What staff may see and do on cases: steps name roles, departments grant rights."""

from django.contrib.auth.models import AnonymousUser

from engine.departments.access import departments_with, may
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Case, WorkItem, WorkKind
from workflows.roles import RIGHT_FOR, may_do, right_for

__all__ = ["may_do", "may_read_answers", "may_read_personal_data", "right_for", "work_of"]
Person = User | AnonymousUser


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
