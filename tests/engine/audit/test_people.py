"""Roles are given and taken with an audit entry."""

import pytest
from django.core.management import CommandError, call_command

from engine.audit.models import AuditEntry
from engine.audit.people import give_role, take_role
from engine.departments import access
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.departments.work_roles import define_work_roles


def test_an_administrator_gives_and_takes_a_role(
    licensing: Department, administrator: User, outsider: User
) -> None:
    give_role(outsider, Role.CLERK, licensing, by=administrator)
    assert access.roles_of(outsider, licensing) == {Role.CLERK}
    take_role(outsider, Role.CLERK, licensing, by=administrator)
    assert access.roles_of(outsider, licensing) == frozenset()
    entries = AuditEntry.objects.order_by("position").values_list(
        "chain", "verb", "actor", "subject", "details"
    )
    chain, subject = "department:licensing", f"user:{outsider.pk}"
    assert list(entries) == [
        (chain, "role.given", administrator.pk, subject, '{"role":"clerk"}'),
        (chain, "role.taken", administrator.pk, subject, '{"role":"clerk"}'),
    ]


def test_who_does_not_administer_the_department_is_refused(
    licensing: Department, registry: Department, administrator: User, supervisor: User, outsider: User
) -> None:
    for by, department in ((supervisor, licensing), (administrator, registry), (outsider, licensing)):
        with pytest.raises(AccessRefused):
            give_role(outsider, Role.CLERK, department, by=by)
        with pytest.raises(AccessRefused):
            take_role(outsider, Role.CLERK, department, by=by)
    assert not AuditEntry.objects.exists()
    assert not access.is_staff_member(outsider)


def test_the_command_appoints_the_first_administrator(licensing: Department, outsider: User) -> None:
    call_command("grant_role", outsider.email.upper(), "administrator", "licensing")
    assert access.roles_of(outsider, licensing) == {Role.ADMINISTRATOR}
    call_command("grant_role", outsider.email, "administrator", "licensing", "--take")
    assert access.roles_of(outsider, licensing) == frozenset()
    assert set(AuditEntry.objects.values_list("actor_note", flat=True)) == {"installation"}


def test_the_command_says_what_it_does_not_know(licensing: Department, outsider: User) -> None:
    with pytest.raises(CommandError, match="no such person"):
        call_command("grant_role", "nobody@example.org", "clerk", "licensing")
    with pytest.raises(CommandError, match="no such department"):
        call_command("grant_role", outsider.email, "clerk", "moon")
    with pytest.raises(CommandError, match='no role "inspector"'):
        call_command("grant_role", outsider.email, "inspector", "licensing")


def test_the_command_gives_a_role_of_the_department(licensing: Department, outsider: User) -> None:
    define_work_roles(licensing, {"inspector": {"en": "Field inspector"}})
    call_command("grant_role", outsider.email, "inspector", "licensing")
    assert access.holds(outsider, "inspector", licensing.pk)
    assert AuditEntry.objects.get().details == '{"work_role":"inspector"}'
