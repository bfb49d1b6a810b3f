"""Who may do a step: roles of the product by their rights, roles of the department by who holds them."""

from __future__ import annotations

import pytest

from engine.departments.access import AccessRefused, grant_role
from engine.departments.models import Department, User, WorkRole
from engine.departments.work_roles import define_work_roles
from workflows.roles import (
    may_do,
    may_do_any,
    nobody_holds,
    people_in_role,
    people_who_may_do,
    require_any,
    work_of,
)


@pytest.fixture
def inspector(licensing: Department, outsider: User) -> User:
    """Somebody who holds a role of the licensing department."""
    define_work_roles(licensing, {"inspector": {"en": "Field inspector"}, "treasurer": {"en": "Treasurer"}})
    grant_role(outsider, WorkRole.objects.get(key="inspector"), licensing)
    return outsider


def test_a_role_of_the_department_is_good_for_its_steps_only(
    inspector: User, clerk: User, licensing: Department, registry: Department
) -> None:
    assert may_do(inspector, "inspector", licensing.pk)
    assert not may_do(inspector, "inspector", registry.pk)
    assert not may_do(inspector, "clerk", licensing.pk)
    assert not may_do(inspector, "treasurer", licensing.pk)
    assert not may_do(clerk, "inspector", licensing.pk)


def test_a_supervisor_may_do_a_clerks_step(supervisor: User, clerk: User, licensing: Department) -> None:
    assert may_do(supervisor, "clerk", licensing.pk)
    assert not may_do(clerk, "supervisor", licensing.pk)


def test_one_of_several_roles_is_enough(inspector: User, licensing: Department) -> None:
    assert may_do_any(inspector, ("clerk", "inspector"), licensing.pk)
    require_any(inspector, ("treasurer", "inspector"), licensing.pk)
    assert not may_do_any(inspector, (), licensing.pk)
    with pytest.raises(AccessRefused):
        require_any(inspector, ("treasurer",), licensing.pk)


def test_a_clerk_of_another_department_is_refused(
    foreign_clerk: User, inspector: User, licensing: Department
) -> None:
    with pytest.raises(AccessRefused):
        require_any(foreign_clerk, ("clerk", "inspector", "applicant", "anything"), licensing.pk)


def test_the_work_of_a_person_holds_both_kinds(inspector: User, clerk: User, licensing: Department) -> None:
    assert work_of(inspector) == [(licensing.pk, "inspector")]
    assert work_of(clerk) == [(licensing.pk, "clerk")]


def test_people_are_found_by_roles(
    inspector: User, clerk: User, supervisor: User, licensing: Department
) -> None:
    assert people_who_may_do(["clerk", "inspector", "unknown"], licensing) == [inspector, supervisor, clerk]
    assert people_in_role("clerk", licensing) == [clerk]
    assert people_in_role("inspector", licensing) == [inspector]
    assert people_in_role("unknown", licensing) == []


def test_what_nobody_holds_is_named(inspector: User, supervisor: User, licensing: Department) -> None:
    assert nobody_holds(["clerk", "inspector", "treasurer", "administrator"], licensing) == [
        "treasurer",
        "administrator",
    ]
