"""The page that asks for a sign-in is dressed as the service that somebody was on the way to."""

import pytest
from django.test import Client

from engine.departments.models import Department
from portal.accounts.goals import Goal, goal_of
from tests.portal.citizen.conftest import stall  # noqa: F401  a published service
from workflows.models import Service

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/apply/licensing/stall/", "/licensing/stall/", "/licensing/stall/?lang=en"]
)
def test_a_service_and_its_department_are_known_by_the_path(
    path: str,
    stall: Service,  # noqa: F811
    licensing: Department,
) -> None:
    assert goal_of(path) == Goal(licensing, "Apply for a stall", "/licensing/stall/")


def test_a_department_alone(licensing: Department) -> None:
    assert goal_of("/licensing/") == Goal(licensing)
    assert goal_of("/licensing/nothing/") == Goal(licensing)


@pytest.mark.parametrize(
    "path", ["", "/", "/work/cases/", "/nobody/stall/", "//evil.example/", "nonsense", "\x00"]
)
def test_anything_else_is_no_goal(path: str, licensing: Department) -> None:
    assert goal_of(path) == Goal()


def test_a_service_that_nobody_may_apply_for_is_not_named(licensing: Department, stall: Service) -> None:  # noqa: F811
    Service.objects.filter(pk=stall.pk).update(current=None)
    assert goal_of("/apply/licensing/stall/") == Goal(licensing)


@pytest.mark.parametrize("door", ["login", "signup"])
def test_the_doors_wear_the_dress(client: Client, stall: Service, door: str) -> None:  # noqa: F811
    page = client.get(f"/accounts/{door}/?next=/apply/licensing/stall/").text
    assert "Licensing Department" in page
    assert "Apply for a stall" in page
    assert 'href="/licensing/stall/" class="govuk-back-link"' in page
    plain = client.get(f"/accounts/{door}/").text
    assert "Licensing Department" not in plain
    assert "govuk-back-link" not in plain
