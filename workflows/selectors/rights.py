"""What staff may see and do on cases: steps name roles, departments grant rights."""

from collections.abc import Iterable

from engine.departments.access import may
from engine.departments.permissions import Permission
from workflows.models import Case, WorkItem, WorkKind
from workflows.roles import Person, may_do_any


def may_read_personal_data(user: Person, department_id: int, roles: Iterable[str] = ()) -> bool:
    """Whether personal data is shown in a list: to who has the right, or has this very step to do."""
    if may(user, Permission.SEE_PERSONAL_DATA, department_id):
        return True
    return may_do_any(user, roles, department_id)


def may_read_answers(user: Person, case: Case) -> bool:
    """Whether personal answers are shown: to who has the right, or has something to decide on the case."""
    if may(user, Permission.SEE_PERSONAL_DATA, case.department_id):
        return True
    open_work = WorkItem.objects.filter(process=case, kind=WorkKind.PERSON, finished=None)
    named = open_work.values_list("role", "other_roles")
    return any(may_do_any(user, (role, *others), case.department_id) for role, others in named)
