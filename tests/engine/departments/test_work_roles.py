"""Roles that a department made: given like the others, good for the steps that name them and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command

from engine.departments import access
from engine.departments.models import Department, User, WorkRole
from engine.departments.permissions import Permission
from engine.departments.roles import WORK_ROLE_PERMISSIONS, Role
from engine.departments.work_roles import define_work_roles, work_roles


@pytest.fixture
def inspector(licensing: Department) -> WorkRole:
    """A role of the licensing department."""
    define_work_roles(licensing, {"inspector": {"en": "Field inspector"}})
    return WorkRole.objects.get(department=licensing, key="inspector")


def test_its_holder_may_see_cases_and_no_more(
    outsider: User, licensing: Department, registry: Department, inspector: WorkRole
) -> None:
    access.grant_role(outsider, inspector, licensing)
    assert access.holds(outsider, "inspector", licensing.pk)
    assert not access.holds(outsider, "inspector", registry.pk)
    assert not access.holds(outsider, "other", licensing.pk)
    for permission in Permission:
        assert access.may(outsider, permission, licensing.pk) == (permission in WORK_ROLE_PERMISSIONS)
        assert not access.may(outsider, permission, registry.pk)
    assert access.work_roles_of(outsider) == {(licensing.pk, "inspector")}
    assert access.roles_of(outsider, licensing) == {inspector}


def test_a_role_of_the_same_key_elsewhere_is_another_role(
    outsider: User, foreign_clerk: User, licensing: Department, registry: Department, inspector: WorkRole
) -> None:
    define_work_roles(registry, {"inspector": {"en": "Inspector of records"}})
    access.grant_role(foreign_clerk, WorkRole.objects.get(department=registry), registry)
    assert not access.holds(foreign_clerk, "inspector", licensing.pk)
    assert access.held_work_roles(registry) == {"inspector"}
    assert access.held_work_roles(licensing) == frozenset()
    with pytest.raises(ValueError, match="another department"):
        access.grant_role(outsider, inspector, registry)


def test_it_is_taken_and_ends(outsider: User, licensing: Department, inspector: WorkRole) -> None:
    access.grant_role(outsider, inspector, licensing)
    access.revoke_role(outsider, inspector, licensing)
    assert not access.holds(outsider, "inspector", licensing.pk)
    assert not access.is_staff_member(outsider)


def test_only_an_administrator_of_the_department_gives_it(
    outsider: User, clerk: User, foreign_clerk: User, licensing: Department, inspector: WorkRole
) -> None:
    for other in (clerk, foreign_clerk):
        with pytest.raises(access.AccessRefused):
            access.grant_role(outsider, inspector, licensing, by=other)


def test_who_is_switched_off_does_not_hold_it(
    person: Callable[..., User], licensing: Department, inspector: WorkRole
) -> None:
    gone = person("Gone Person", is_active=False)
    access.grant_role(gone, inspector, licensing)
    assert not access.holds(gone, "inspector", licensing.pk)
    assert access.held_work_roles(licensing) == frozenset()
    assert list(access.people_with(inspector, licensing)) == []


def test_a_title_changes_and_the_holders_stay(
    outsider: User, licensing: Department, inspector: WorkRole
) -> None:
    access.grant_role(outsider, inspector, licensing)
    define_work_roles(licensing, {"inspector": {"en": "Inspector in the field"}})
    (role,) = work_roles(licensing)
    assert (role.pk, role.name("en")) == (inspector.pk, "Inspector in the field")
    assert list(access.people_with(role, licensing)) == [outsider]


def test_a_department_starts_with_the_rights_of_this_release(
    outsider: User, licensing: Department, inspector: WorkRole
) -> None:
    access.grant_role(outsider, inspector, licensing)
    access.role_group(inspector, licensing).departmentgrant_set.all().delete()
    access.forget(outsider)
    assert not access.holds(outsider, "inspector", licensing.pk)
    call_command("sync_roles")
    access.forget(outsider)
    assert access.holds(outsider, "inspector", licensing.pk)


def test_the_roles_of_the_product_stand_beside_it(
    clerk: User, licensing: Department, inspector: WorkRole
) -> None:
    access.grant_role(clerk, inspector, licensing)
    assert access.members_of(licensing)[clerk] == {Role.CLERK, inspector}
    assert access.holders_of(licensing)["inspector"] == {clerk.pk: clerk.name}
    assert access.holders_of(licensing)["clerk"] == {clerk.pk: clerk.name}
    assert access.holders_of(licensing)["auditor"] == {}
