"""Who does the work of a department, and who changes and publishes its services, as the editor shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engine.departments.access import grant_role
from engine.departments.models import Department, User, WorkRole
from engine.departments.roles import Role
from portal.designer.department_staff import MOST_NAMES, changing, roles, staff_of
from portal.designer.designs import open_design
from portal.designer.editor import start
from portal.designer.starting_points import create_service
from tests.conftest import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(licensing: Department) -> WorkRole:
    """A role that a service of the department made."""
    return WorkRole.objects.create(
        department=licensing, key="inspector", title={"en": "Fire inspector", "fr": "Inspecteur"}
    )


def by_key(department: Department, language: str = "en") -> dict[str, dict[str, Any]]:
    """The roles of a department as the editor gets them."""
    return {role["key"]: role for role in roles(staff_of(department), language)}


def test_a_step_of_clerks_can_be_done_by_who_supervises_as_well(
    clerk: User, supervisor: User, foreign_clerk: User, licensing: Department
) -> None:
    found = by_key(licensing)
    assert (found["clerk"]["people"], found["supervisor"]["people"]) == (2, 1)
    assert found["clerk"]["names"] == sorted([clerk.name, supervisor.name])
    assert foreign_clerk.name not in str(found)


def test_roles_of_the_department_come_last_in_the_language_of_the_reader(
    clerk: User, licensing: Department, works: Department, inspector: WorkRole
) -> None:
    assert by_key(licensing)["inspector"] == {
        "key": "inspector",
        "name": "Fire inspector",
        "people": 0,
        "names": [],
        "own": True,
    }
    grant_role(clerk, inspector, licensing)
    assert list(by_key(licensing, "fr")) == ["clerk", "supervisor", "administrator", "inspector"]
    assert by_key(licensing, "fr")["inspector"]["name"] == "Inspecteur"
    assert by_key(licensing)["inspector"]["names"] == [clerk.name]
    assert "inspector" not in by_key(works)


def test_who_left_is_not_counted_and_only_the_first_are_named(person: Person, licensing: Department) -> None:
    for number in range(MOST_NAMES + 3):
        person(f"Clerk {number:02}", Role.CLERK, licensing, is_active=number > 0)
    found = by_key(licensing)["clerk"]
    assert (found["people"], len(found["names"])) == (MOST_NAMES + 2, MOST_NAMES)
    assert "Clerk 00" not in found["names"]


def test_it_costs_three_queries_however_many_people_and_roles(
    person: Person,
    licensing: Department,
    inspector: WorkRole,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for number in range(5):
        grant_role(person(f"Clerk {number}", Role.CLERK, licensing), inspector, licensing)
    with django_assert_num_queries(3):
        staff = staff_of(licensing)
        roles(staff, "en")
        changing(staff)


def test_it_says_who_changes_and_who_publishes(
    designer: User, publisher: User, administrator: User, clerk: User, licensing: Department
) -> None:
    licensing.publication_approvals = 2
    assert changing(staff_of(licensing)) == {
        "design": sorted([designer.name, administrator.name]),
        "publish": sorted([publisher.name, administrator.name]),
        "approvals": 2,
    }


@pytest.mark.parametrize(("who", "leads"), [("designer", False), ("administrator", True)])
def test_only_who_may_give_roles_is_led_there(
    who: str, leads: bool, licensing: Department, client: Client, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    service = create_service(department=licensing, by=reader, key="dogs", title="Dogs", languages=["en"])
    client.force_login(reader)
    page = client.get(reverse("designer:design", args=("licensing", "dogs")))
    begun = start(page.wsgi_request, open_design(service=service, by=reader), "en")
    assert ("give_roles" in begun["urls"]) is leads
    assert {tab["key"]: tab["href"] for tab in begun["tabs"]}["people"] is None
