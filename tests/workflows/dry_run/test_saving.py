"""Saved walks are played again before a service is published."""

from typing import Any

import pytest

from engine.audit.selectors import history
from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from tests.workflows.dry_run.walks import apply_with, decide, walk
from workflows.definition import ServicePackage
from workflows.dry_run import ActRefused, remove_scenario, replay_all, save_scenario
from workflows.models import Scenario, Service
from workflows.services import import_package, publish

APPLY = apply_with(trade="Bread", amount="90", owner="Leila Haddad")
APPROVED = walk(APPLY, decide("check", "accept"), {"do": "wait"})


@pytest.fixture
def service(package: dict[str, Any], licensing: Department, administrator: User) -> Service:
    """A published service with one saved walk."""
    service = import_package(source=package, department=licensing, by=administrator).service
    publish(service=service, by=administrator)
    save_scenario(
        service=service,
        name="A stall, approved",
        script=APPROVED,
        package=ServicePackage.model_validate(package),
        by=administrator,
    )
    return service


def test_a_walk_that_still_comes_to_the_same_lets_the_service_be_published(
    service: Service, package: dict[str, Any], licensing: Department, administrator: User
) -> None:
    package["title"] = {"en": "Apply for a licence for a stall"}
    import_package(source=package, department=licensing, by=administrator)
    assert publish(service=service, by=administrator).number == 2


def test_a_walk_that_goes_another_way_stops_the_publication_and_says_where(
    service: Service, package: dict[str, Any], licensing: Department, administrator: User
) -> None:
    big = next(node for node in package["workflow"]["nodes"] if node["key"] == "big")
    big["branches"][0]["when"] = "answers.amount > 50.0"
    import_package(source=package, department=licensing, by=administrator)
    with pytest.raises(DefinitionRefused) as refused:
        publish(service=service, by=administrator)
    (problem,) = refused.value.problems.must_mend
    assert problem.path == ("scenarios", "A stall, approved")
    assert '"approve" now and was "pause"' in problem.sentence
    service.refresh_from_db()
    assert service.current is not None and service.current.number == 1


def test_all_walks_are_replayed_with_the_ways_that_none_goes(
    service: Service, package: dict[str, Any], administrator: User
) -> None:
    played, coverage = replay_all(
        service=service, package=ServicePackage.model_validate(package), by=administrator
    )
    assert [one.passes for one in played] == [True]
    assert ("check", "refused") in coverage.missing
    assert ("check", "big") in coverage.gone


def test_a_walk_that_stops_cannot_be_saved(
    service: Service, package: dict[str, Any], administrator: User
) -> None:
    with pytest.raises(ActRefused):
        save_scenario(
            service=service,
            name="Too early",
            script=walk(decide("check", "accept")),
            package=ServicePackage.model_validate(package),
            by=administrator,
        )
    assert Scenario.objects.count() == 1


def test_the_same_name_replaces_a_walk_and_a_removed_one_is_gone(
    service: Service, package: dict[str, Any], administrator: User
) -> None:
    document = ServicePackage.model_validate(package)
    save_scenario(
        service=service, name="A stall, approved", script=walk(APPLY), package=document, by=administrator
    )
    assert Scenario.objects.get().expected["open"] == ["check"]
    remove_scenario(service=service, name="A stall, approved", by=administrator)
    remove_scenario(service=service, name="A stall, approved", by=administrator)
    assert not Scenario.objects.exists()
    verbs = [entry.verb for entry in history("department:licensing")]
    assert (verbs.count("scenario.saved"), verbs.count("scenario.removed")) == (2, 1)


def test_who_does_not_design_here_can_neither_save_nor_replay_nor_remove(
    service: Service, package: dict[str, Any], foreign_clerk: User, clerk: User
) -> None:
    document = ServicePackage.model_validate(package)
    for stranger in (foreign_clerk, clerk):
        with pytest.raises(AccessRefused):
            save_scenario(service=service, name="x", script=APPROVED, package=document, by=stranger)
        with pytest.raises(AccessRefused):
            replay_all(service=service, package=document, by=stranger)
        with pytest.raises(AccessRefused):
            remove_scenario(service=service, name="A stall, approved", by=stranger)
    assert Scenario.objects.count() == 1
