"""The roles that a department made for the work of its services: named here, given under People."""

from collections.abc import Mapping

from engine.departments.models import Department, WorkRole


def define_work_roles(department: Department, titles: Mapping[str, Mapping[str, str]]) -> None:
    """Make the roles with these keys, or call those that are there by these titles; nobody gets a right."""
    known = {role.key: role for role in WorkRole.objects.filter(department=department, key__in=titles)}
    for key, title in titles.items():
        role = known.get(key)
        if role is None:
            WorkRole.objects.get_or_create(department=department, key=key, defaults={"title": dict(title)})
        elif role.title != title:
            role.title = dict(title)
            role.save(update_fields=["title"])


def work_roles(department: Department) -> list[WorkRole]:
    """The own roles of a department, by key."""
    return list(WorkRole.objects.filter(department=department))
