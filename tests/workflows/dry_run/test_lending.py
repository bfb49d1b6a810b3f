"""A service that calls another is played with that one, and nothing of either stays."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.departments.models import Department, User
from tests.workflows.called import background, call
from tests.workflows.dry_run.walks import apply_with, decide, walk
from tests.workflows.inspections import *  # noqa: F403
from workflows.definition import ServicePackage
from workflows.dry_run import Report, play
from workflows.dry_run.lending import called_by
from workflows.models import Case, Service

pytestmark = pytest.mark.django_db
APPLY = apply_with(trade="Bread", amount="90", owner="Leila Haddad")


@pytest.fixture
def caller(simple_package: dict[str, Any]) -> ServicePackage:
    """The small service, which asks for a check first."""
    simple_package["workflow"]["nodes"][0]["next"] = "police"
    simple_package["workflow"]["nodes"].append(call())
    return ServicePackage.model_validate(simple_package)


@pytest.fixture
def played(caller: ServicePackage, licensing: Department, designer: User) -> Callable[..., Report]:
    """Play a walk through it."""
    return lambda *acts: play(caller, walk(*acts), department=licensing, by=designer)


def test_both_are_played_to_the_end(played: Callable[..., Report], published: Callable[..., Service]) -> None:
    published(background())
    report = played(APPLY, decide("look", "clean"), decide("check", "accept"))
    assert (report.stopped, report.ended, report.outcome) == (None, True, "approved")
    assert {"police", "look", "check"} <= {moment.step for moment in report.moments}
    assert not Case.objects.exists()
    assert Service.objects.count() == 1


def test_what_is_open_below_is_offered(
    played: Callable[..., Report], published: Callable[..., Service]
) -> None:
    published(background())
    (work,) = played(APPLY).open
    assert (work.step, work.title, [choice.key for choice in work.choices]) == (
        "look",
        "Look",
        ["clean", "known", "gone"],
    )


def test_a_service_that_is_not_published_is_a_failure_that_is_shown(played: Callable[..., Report]) -> None:
    (work,) = played(APPLY).open
    assert (work.step, work.kind, work.name) == ("police", "failed", "no_service")


def test_services_of_another_department_are_not_lent(
    caller: ServicePackage, published: Callable[..., Service], registry: Department, licensing: Department
) -> None:
    published(background(), registry)
    assert called_by(caller, licensing) == []
