"""Who may do what in which department: the only door to the granted rights.

Rights belong to the group of a role in a department ("licensing:clerk") and to nobody directly; a role that
the department made for its work has a group too ("licensing:work:inspector"). Refusal is the default: a
superuser has no right in a department without a role, and who is not active has none at all. `grant_role`
and `revoke_role` change rights and write no audit row, because the audit stands above this room; the audited
verbs for people who do it in the product are in `engine.audit.people`.
"""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.auth.models import Permission as StoredPermission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from engine.departments.models import Department, DepartmentGrant, User, WorkRole
from engine.departments.permissions import Permission
from engine.departments.roles import ROLE_PERMISSIONS, STAFF_ROLES, WORK_ROLE_PERMISSIONS, Role

Rights = dict[str, frozenset[int]]
_CACHE = "_rights_by_department"
_WORK = ":work:"  # in the name of a group, between its department and the key of the role


class AccessRefused(PermissionDenied):
    """Someone asked for what they have no right to; says nothing about the department's data."""

    def __init__(self, permission: Permission, department_id: int | None) -> None:
        self.permission = permission
        self.department_id = department_id
        super().__init__(f"{permission.value} is not granted in this department.")


def departments_with(user: User | AnonymousUser, permission: Permission) -> frozenset[int]:
    """The departments in which the person has this right."""
    return _rights(user).get(permission.value, frozenset())


def may(user: User | AnonymousUser, permission: Permission, department_id: int | None) -> bool:
    """Whether the person has this right in this department."""
    return department_id in departments_with(user, permission)


def require(user: User | AnonymousUser, permission: Permission, department_id: int | None) -> None:
    """Refuse who has not this right in this department."""
    if not may(user, permission, department_id):
        raise AccessRefused(permission, department_id)


def holds(user: User | AnonymousUser, work_role: str, department_id: int | None) -> bool:
    """Whether the person holds this role of the department's own."""
    return department_id in _rights(user).get(f"{_WORK}{work_role}", frozenset())


def work_roles_of(user: User | AnonymousUser) -> set[tuple[int, str]]:
    """The departments' own roles that the person holds, each with its department."""
    return {
        (department, name.removeprefix(_WORK))
        for name, departments in _rights(user).items()
        if name.startswith(_WORK)
        for department in departments
    }


def is_staff_member(user: User | AnonymousUser) -> bool:
    """Whether the person has a role in any department."""
    return bool(_rights(user))


def departments_of(user: User | AnonymousUser) -> frozenset[int]:
    """The departments in which the person has any role."""
    return frozenset().union(*_rights(user).values())


def forget(user: User | AnonymousUser) -> None:
    """Ask the database again the next time; rights are otherwise read once for each user object."""
    user.__dict__.pop(_CACHE, None)


def _rights(user: User | AnonymousUser) -> Rights:
    if not isinstance(user, User) or not user.is_active or user.pk is None:
        return {}
    cached: Rights | None = user.__dict__.get(_CACHE)
    if cached is None:
        cached = user.__dict__[_CACHE] = _read_rights(user)
    return cached


def _read_rights(user: User) -> Rights:
    granted = DepartmentGrant.objects.filter(group__user=user)
    found: defaultdict[str, set[int]] = defaultdict(set)
    columns = ("permission__codename", "content_object_id", "group__name")
    for codename, department_id, group in granted.values_list(*columns):
        found[codename].add(department_id)
        _, work, role = group.partition(_WORK)
        if work:
            found[f"{_WORK}{role}"].add(department_id)
    return {codename: frozenset(departments) for codename, departments in found.items()}


def roles_of(user: User, department: Department) -> frozenset[Role | WorkRole]:
    """The roles that a person has in a department."""
    names = _names_of_groups(department)
    groups = user.groups.filter(name__in=names)
    return frozenset(names[name] for name in groups.values_list("name", flat=True))


def people_with(right: Role | Permission | WorkRole, department: Department) -> QuerySet[User]:
    """The active people of a department who have this role or this right, in the order of their names."""
    people = User.objects.filter(is_active=True).order_by("name", "pk")
    if isinstance(right, Role | WorkRole):
        return people.filter(groups__name=group_name(right, department))
    granted = DepartmentGrant.objects.filter(content_object=department, permission__codename=right.value)
    return people.filter(groups__in=granted.values("group")).distinct()


def held_work_roles(department: Department) -> frozenset[str]:
    """The keys of the department's own roles that some active person holds."""
    begin = f"{department.key}{_WORK}"
    held = Group.objects.filter(name__startswith=begin, user__is_active=True).distinct()
    return frozenset(name.removeprefix(begin) for name in held.values_list("name", flat=True))


def members_of(department: Department) -> dict[User, frozenset[Role | WorkRole]]:
    """Everybody who has a role in a department, with these roles, by name; inactive people too."""
    names = _names_of_groups(department)
    people = User.objects.filter(groups__name__in=names).distinct().order_by("name", "pk")
    return {
        person: frozenset(names[group.name] for group in person.groups.all() if group.name in names)
        for person in people.prefetch_related("groups")
    }


def holders_of(department: Department) -> dict[str, dict[int, str]]:
    """By the key of each role of a department: the active people who have it, keys and names, by name."""
    names = _names_of_groups(department)
    found: dict[str, dict[int, str]] = {_key_of(role): {} for role in names.values()}
    people = User.objects.filter(is_active=True, groups__name__in=names).order_by("name", "pk")
    for group, pk, name in people.values_list("groups__name", "pk", "name"):
        if group in names:
            found[_key_of(names[group])][pk] = name
    return found


def _key_of(role: Role | WorkRole) -> str:
    return role.key if isinstance(role, WorkRole) else role.value


def _names_of_groups(department: Department) -> dict[str, Role | WorkRole]:
    roles = (*STAFF_ROLES, *WorkRole.objects.filter(department=department))
    return {group_name(role, department): role for role in roles}


@transaction.atomic
def grant_role(user: User, role: Role | WorkRole, department: Department, by: User | None = None) -> None:
    """Give a person a role; `by` must administer the department, None is the installation itself."""
    _check_granter(role, department, by)
    user.groups.add(role_group(role, department))
    if not user.is_staff:
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.is_staff = True
    forget(user)


@transaction.atomic
def revoke_role(user: User, role: Role | WorkRole, department: Department, by: User | None = None) -> None:
    """Take a role from a person; it ends with the next request, not with the session."""
    _check_granter(role, department, by)
    user.groups.remove(role_group(role, department))
    forget(user)


def _check_granter(role: Role | WorkRole, department: Department, by: User | None) -> None:
    if role is Role.CITIZEN:
        raise ValueError("Everybody is a citizen; this role is not granted.")
    if isinstance(role, WorkRole) and role.department_id != department.pk:
        raise ValueError("This role belongs to another department.")
    if by is not None:
        require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)


def group_name(role: Role | WorkRole, department: Department) -> str:
    """The name of the group behind a role."""
    if isinstance(role, WorkRole):
        return f"{department.key}{_WORK}{role.key}"
    return f"{department.key}:{role.value}"


def role_group(role: Role | WorkRole, department: Department) -> Group:
    """The group behind a role, with exactly the rights that the role has in this release."""
    group, _ = Group.objects.get_or_create(name=group_name(role, department))
    rights = WORK_ROLE_PERMISSIONS if isinstance(role, WorkRole) else ROLE_PERMISSIONS[role]
    wanted = {right.value for right in rights}
    stored = DepartmentGrant.objects.filter(group=group, content_object=department)
    present = set(stored.values_list("permission__codename", flat=True))
    if wanted - present:
        missing = StoredPermission.objects.filter(
            content_type__app_label="departments",
            content_type__model="department",
            codename__in=wanted - present,
        )
        new = [DepartmentGrant(group=group, content_object=department, permission=right) for right in missing]
        DepartmentGrant.objects.bulk_create(new, ignore_conflicts=True)
    if present - wanted:
        stored.exclude(permission__codename__in=wanted).delete()
    return group
