"""Rights in departments: default is refusal."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from engine.departments import access
from engine.departments.models import Department, DepartmentGrant, User
from engine.departments.permissions import Permission
from engine.departments.roles import ROLE_PERMISSIONS, STAFF_ROLES, Role


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_role_gives_exactly_its_rights_in_its_department(
    person, licensing: Department, registry: Department, role: Role
) -> None:
    user = person("Someone", role, licensing)
    for permission in Permission:
        assert access.may(user, permission, licensing.pk) == (permission in ROLE_PERMISSIONS[role])
        assert not access.may(user, permission, registry.pk)
        assert not access.may(user, permission, None)


def test_a_clerk_of_another_department_is_refused(foreign_clerk: User, licensing: Department) -> None:
    with pytest.raises(access.AccessRefused) as refused:
        access.require(foreign_clerk, Permission.VIEW_CASE, licensing.pk)
    assert isinstance(refused.value, PermissionDenied)
    assert "Licensing" not in str(refused.value)


def test_without_a_role_there_is_no_right(
    citizen: User, outsider: User, person, licensing: Department
) -> None:
    root = person("Root", is_superuser=True, is_staff=True)
    for user in (citizen, outsider, root, AnonymousUser(), User()):
        assert not access.is_staff_member(user)
        assert access.departments_of(user) == frozenset()
        assert not any(access.may(user, permission, licensing.pk) for permission in Permission)


def test_who_was_switched_off_has_no_right(clerk: User, licensing: Department) -> None:
    clerk.is_active = False
    assert not access.may(clerk, Permission.VIEW_CASE, licensing.pk)
    clerk.save()
    assert clerk not in access.people_with(Role.CLERK, licensing)


def test_rights_are_read_once(
    clerk: User, licensing: Department, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        for permission in Permission:
            access.departments_with(clerk, permission)
    access.forget(clerk)
    with django_assert_num_queries(1):
        access.require(clerk, Permission.WORK_CASE, licensing.pk)


def test_one_person_may_have_roles_in_several_departments(
    person, licensing: Department, registry: Department
) -> None:
    user = person("Both", Role.CLERK, licensing)
    access.grant_role(user, Role.SUPERVISOR, registry)
    assert access.departments_with(user, Permission.VIEW_CASE) == {licensing.pk, registry.pk}
    assert access.departments_with(user, Permission.APPROVE_CASE) == {registry.pk}
    assert access.roles_of(user, registry) == {Role.SUPERVISOR}


def test_a_role_that_was_taken_ends(clerk: User, administrator: User, licensing: Department) -> None:
    access.revoke_role(clerk, Role.CLERK, licensing, by=administrator)
    assert not access.may(clerk, Permission.VIEW_CASE, licensing.pk)


def test_a_new_role_lets_into_the_workbench(citizen: User, licensing: Department) -> None:
    access.grant_role(citizen, Role.CLERK, licensing)
    citizen.refresh_from_db()
    assert citizen.is_staff


def test_only_who_administers_the_department_gives_roles(
    supervisor: User, outsider: User, licensing: Department
) -> None:
    with pytest.raises(access.AccessRefused):
        access.grant_role(outsider, Role.CLERK, licensing, by=supervisor)
    with pytest.raises(ValueError, match="citizen"):
        access.grant_role(outsider, Role.CITIZEN, licensing)


def test_people_are_found_by_role_and_by_right(
    clerk: User,
    second_clerk: User,
    supervisor: User,
    foreign_clerk: User,
    auditor: User,
    licensing: Department,
) -> None:
    assert list(access.people_with(Role.CLERK, licensing)) == [second_clerk, clerk]
    assert list(access.people_with(Permission.WORK_CASE, licensing)) == [supervisor, second_clerk, clerk]
    assert list(access.people_with(Permission.READ_AUDIT, licensing)) == [auditor]


def test_an_upgrade_brings_rights_up_to_date(clerk: User, licensing: Department) -> None:
    granted = DepartmentGrant.objects.filter(group__name="licensing:clerk")
    granted.filter(permission__codename="view_case").delete()
    wrong = granted.first()
    assert wrong is not None
    wrong.permission = wrong.permission.__class__.objects.get(codename="read_audit")
    wrong.save()
    call_command("sync_roles")
    access.forget(clerk)
    held = {permission for permission in Permission if access.may(clerk, permission, licensing.pk)}
    assert held == ROLE_PERMISSIONS[Role.CLERK]
    call_command("sync_roles")
