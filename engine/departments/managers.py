"""The manager of a member of staff, as the department has said."""

from engine.departments.models import Department, Manager, User


class ManagersInACircle(ValueError):
    """Somebody would lead themselves, directly or over others."""


def manager_of(person: User, department_id: int) -> User | None:
    """Who leads this person in the department; None where nobody is named or they may not sign in."""
    found = Manager.objects.filter(department_id=department_id, person=person, manager__is_active=True)
    row = found.select_related("manager").first()
    return row.manager if row else None


def managers_in(department: Department) -> dict[int, User]:
    """Who leads whom in a department, by the key of the person."""
    rows = Manager.objects.filter(department=department).select_related("manager")
    return {row.person_id: row.manager for row in rows}


def put_manager(person: User, manager: User | None, department: Department) -> None:
    """Write down who leads a person; None takes it away. Whoever calls locks, checks and records."""
    if manager is None:
        Manager.objects.filter(department=department, person=person).delete()
        return
    _refuse_circle(person, manager, department)
    Manager.objects.update_or_create(department=department, person=person, defaults={"manager": manager})


def _refuse_circle(person: User, manager: User, department: Department) -> None:
    above = {row: found.pk for row, found in managers_in(department).items() if row != person.pk}
    at: int | None = manager.pk
    seen: set[int] = set()
    while at is not None and at not in seen:
        if at == person.pk:
            raise ManagersInACircle
        seen.add(at)
        at = above.get(at)
