"""The list of services of a person's departments."""

import pytest
from django.test import Client

from engine.departments.models import User

pytestmark = pytest.mark.django_db


def test_only_own_departments_are_listed(client: Client, designer: User, registry: object) -> None:
    client.force_login(designer)
    page = client.get("/manage/").content.decode()
    assert "Licensing Department" in page
    assert "Civil Registry" not in page


@pytest.mark.parametrize("who", ["clerk", "citizen", "outsider"])
def test_who_designs_nothing_is_refused(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get("/manage/").status_code == 403


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/manage/")["Location"].startswith("/accounts/login/")
