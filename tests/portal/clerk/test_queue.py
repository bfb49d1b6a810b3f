"""The queue page."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MOST_QUERIES = 16


def test_a_clerk_sees_what_waits_in_the_department(case: Case, clerk: User, sign_in: SignIn) -> None:
    answer = sign_in(clerk).get("/work/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert case.reference in page
    assert "Leila Haddad" in page
    assert "Check documents" in page
    assert f"/work/cases/{case.reference}/?view=team" in page


def test_a_clerk_of_another_department_sees_nothing_of_it(
    case: Case, foreign_clerk: User, sign_in: SignIn
) -> None:
    page = sign_in(foreign_clerk).get("/work/").content.decode()
    assert case.reference not in page
    assert "Leila Haddad" not in page
    assert "Licensing" not in page


def test_an_auditor_reads_without_names_and_can_press_nothing(
    case: Case, auditor: User, sign_in: SignIn
) -> None:
    page = sign_in(auditor).get("/work/").content.decode()
    assert case.reference in page
    assert "Leila Haddad" not in page
    assert "Name not shown" in page
    assert "/work/next/" not in page
    assert "/work/export/" not in page
    assert 'type="checkbox" name="item"' not in page


def test_who_only_designs_services_is_sent_to_that_room(designer: User, sign_in: SignIn) -> None:
    answer = sign_in(designer).get("/work/")
    assert (answer.status_code, answer["Location"]) == (302, "/manage/")


def test_filters_stay_when_the_view_changes_and_can_be_taken_off(
    case: Case, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    page = client.get("/work/?view=team&step=check&due=late").content.decode()
    assert "No work item matches these filters" in page
    assert "?view=mine&amp;step=check&amp;due=late" in page
    assert 'href="?view=team&amp;step=check"' in page
    assert case.reference in client.get("/work/?step=check").content.decode()
    assert case.reference not in client.get("/work/?step=inspect").content.decode()


def test_the_list_is_narrowed_by_the_beginning_of_a_reference(
    case: Case, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    assert case.reference in client.get("/work/?reference=trl-20").content.decode()
    assert case.reference not in client.get("/work/?reference=STL").content.decode()


def test_pages_follow_each_other_in_both_directions(
    apply: Callable[..., Case], clerk: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.clerk.queue.LIMIT", 2)
    cases, client = [apply() for _ in range(3)], sign_in(clerk)
    first = client.get("/work/")
    assert [row.reference for row in first.context["page"].rows] == [case.reference for case in cases[:2]]
    second = client.get("/work/" + first.context["next_address"])
    assert [row.reference for row in second.context["page"].rows] == [cases[2].reference]
    assert not second.context["next_address"]
    back = client.get("/work/" + second.context["previous_address"])
    assert [row.reference for row in back.context["page"].rows] == [case.reference for case in cases[:2]]


def test_a_page_costs_the_same_whatever_it_holds(
    apply: Callable[..., Case], clerk: User, sign_in: SignIn
) -> None:
    client, counted = sign_in(clerk), []
    for _ in range(3):
        apply()
        with CaptureQueriesContext(connection) as queries:
            client.get("/work/")
        counted.append(len(queries))
    assert counted[1:] == [counted[1]] * 2
    assert max(counted) <= MOST_QUERIES


def test_who_works_in_two_departments_sees_both_and_can_choose(
    case: Case, clerk: User, registry: Department, sign_in: SignIn
) -> None:
    grant_role(clerk, Role.CLERK, registry)
    page = sign_in(clerk).get(f"/work/?department={case.department_id}").content.decode()
    assert case.reference in page
    assert "Department: Licensing Department" in page
