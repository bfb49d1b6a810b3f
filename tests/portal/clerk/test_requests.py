"""Services for staff."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from workflows.models import Service

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_staff_start_a_request_of_their_own_department(
    purchase: Service, works: Department, clerk: User, sign_in: SignIn
) -> None:
    grant_role(clerk, Role.CLERK, works)
    page = sign_in(clerk).get("/work/requests/").content.decode()
    assert "Ask for a purchase" in page
    assert '<form method="post" action="/apply/works/purchase-approval/">' in page
    assert 'href="/applications/"' in page


def test_services_for_staff_of_another_department_are_not_offered(
    purchase: Service, clerk: User, sign_in: SignIn
) -> None:
    page = sign_in(clerk).get("/work/requests/").content.decode()
    assert "Ask for a purchase" not in page
    assert "Public Works" not in page


def test_an_auditor_and_a_citizen_have_nothing_to_ask_for(
    auditor: User, citizen: User, sign_in: SignIn
) -> None:
    assert sign_in(auditor).get("/work/requests/").status_code == 403
    assert sign_in(citizen).get("/work/requests/").status_code == 403
