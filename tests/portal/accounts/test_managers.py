"""Administrators name the managers of their own people."""

from __future__ import annotations

import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.managers import manager_of
from engine.departments.models import Department, User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADDRESS = "/accounts/people/licensing/manager/"


@pytest.fixture
def reader(client: Client, administrator: User) -> Client:
    """The administrator of the licensing department, signed in."""
    client.force_login(administrator, backend=BACKEND)
    return client


def named(reader: Client, person: User, address: str) -> str:
    """Name a manager and read what the page says."""
    sent = {"person": str(person.public_id), "manager": address}
    return reader.post(ADDRESS, sent, follow=True).content.decode()


def test_a_manager_is_named_taken_away_and_recorded(
    reader: Client, licensing: Department, clerk: User, supervisor: User
) -> None:
    assert "Ines Rocha leads Noor Amari now." in named(reader, clerk, " Ines.Rocha@example.org ")
    assert manager_of(clerk, licensing.pk) == supervisor
    assert f'value="{supervisor.email}"' in reader.get("/accounts/people/").content.decode()
    assert "Nobody leads Noor Amari now." in named(reader, clerk, "")
    assert manager_of(clerk, licensing.pk) is None
    assert AuditEntry.objects.filter(verb="manager.set", subject=f"user:{clerk.pk}").count() == 2


def test_nobody_leads_themselves_even_over_others(
    reader: Client, licensing: Department, clerk: User, second_clerk: User, supervisor: User
) -> None:
    named(reader, clerk, second_clerk.email)
    named(reader, second_clerk, supervisor.email)
    for address in (clerk.email, supervisor.email):
        assert "they would lead themselves" in named(reader, supervisor, address)
    assert manager_of(supervisor, licensing.pk) is None


@pytest.mark.parametrize("address", ["olga.petrov@example.org", "nobody", "\x00", "@"])
def test_a_manager_belongs_to_the_department(
    reader: Client, address: str, licensing: Department, clerk: User, foreign_clerk: User
) -> None:
    assert "has a role here" in named(reader, clerk, address)
    assert manager_of(clerk, licensing.pk) is None


def test_people_of_another_department_and_other_staff_are_refused(
    client: Client, reader: Client, clerk: User, foreign_clerk: User
) -> None:
    sent = {"person": str(foreign_clerk.public_id), "manager": clerk.email}
    assert reader.post(ADDRESS, sent).status_code == 404
    assert reader.post("/accounts/people/registry/manager/", sent).status_code == 404
    client.force_login(clerk, backend=BACKEND)
    assert client.post(ADDRESS, sent).status_code == 403
