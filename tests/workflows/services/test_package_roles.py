"""Roles that a package makes: there in the department after the import, warned of while nobody holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused, grant_role
from engine.departments.models import Department, User, WorkRole
from workflows.models import Case, Service, WorkItem
from workflows.services import assign, claim, claim_next, decide, import_package, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(simple_package: dict[str, Any]) -> dict[str, Any]:
    """The small service, checked by inspectors."""
    simple_package["roles"] = {"inspector": {"title": {"en": "Field inspector"}}}
    check = next(node for node in simple_package["workflow"]["nodes"] if node["key"] == "check")
    check["role"] = "inspector"
    return simple_package


@pytest.fixture
def service(document: dict[str, Any], licensing: Department, administrator: User) -> Service:
    """It is published."""
    service = import_package(source=document, department=licensing, by=administrator).service
    publish(service=service, by=administrator)
    service.refresh_from_db()
    return service


@pytest.fixture
def inspector(service: Service, licensing: Department, outsider: User) -> User:
    """Somebody who holds the role."""
    grant_role(outsider, WorkRole.objects.get(department=licensing, key="inspector"), licensing)
    return outsider


@pytest.fixture
def item(service: Service, begin: Callable[..., Case], inspector: User) -> WorkItem:
    """A case at the step of the inspectors."""
    return WorkItem.objects.get(process=begin(service.current), node_key="check")


def test_a_role_that_nobody_holds_is_warned_of(
    document: dict[str, Any], licensing: Department, administrator: User, supervisor: User, outsider: User
) -> None:
    report = import_package(source=document, department=licensing, by=administrator)
    (warning,) = [problem for problem in report.problems if problem.code == "nobody"]
    assert (warning.where, warning.severity) == ("roles.inspector", "look")
    assert "Field inspector" in warning.sentence
    grant_role(outsider, WorkRole.objects.get(key="inspector"), licensing)
    again = import_package(source=document, department=licensing, by=administrator)
    assert [problem for problem in again.problems if problem.code == "nobody"] == []


def test_the_holder_takes_and_decides_and_nobody_else_does(
    item: WorkItem, inspector: User, clerk: User, supervisor: User, foreign_clerk: User, citizen: User
) -> None:
    for other in (clerk, supervisor, foreign_clerk, citizen):
        with pytest.raises(AccessRefused):
            claim(item_id=item.pk, by=other)
        with pytest.raises(AccessRefused):
            decide(item_id=item.pk, by=other, outcome="accept")
    claim(item_id=item.pk, by=inspector)
    decide(item_id=item.pk, by=inspector, outcome="accept")
    item.refresh_from_db()
    assert (item.owner, item.outcome) == (inspector, "accept")


def test_the_next_item_of_the_holder(item: WorkItem, inspector: User, clerk: User) -> None:
    assert claim_next(by=clerk) is None
    assert claim_next(by=inspector) == item


def test_work_of_several_roles_is_found_by_each(item: WorkItem, inspector: User, clerk: User) -> None:
    item.role, item.other_roles = "treasurer", ["clerk", "inspector"]
    item.save()
    assert item.roles == ("treasurer", "clerk", "inspector")
    assert claim_next(by=clerk) == item
    item.refresh_from_db()
    assert item.owner == clerk
    assert claim_next(by=inspector) is None


def test_work_is_given_to_a_holder_only(
    item: WorkItem, inspector: User, clerk: User, supervisor: User
) -> None:
    with pytest.raises(AccessRefused):
        assign(item_id=item.pk, to=clerk, by=supervisor)
    assign(item_id=item.pk, to=inspector, by=supervisor)


@pytest.mark.parametrize(
    ("roles", "role", "code"),
    [
        ({"clerk": {"title": "Clerk"}}, "clerk", "reserved"),
        ({"inspector": {"title": ""}}, "inspector", "no_text"),
        ({}, "inspector", "unknown_role"),
        ({"payer": {"title": "Payments", "who": "system"}}, "payer", "wrong_role"),
        ({"inspector": {"title": "I", "who": "applicant"}}, "inspector", "wrong_role"),
        ({}, "applicant", "wrong_role"),
    ],
)
def test_a_role_that_cannot_be_is_refused(
    document: dict[str, Any],
    licensing: Department,
    administrator: User,
    roles: dict[str, Any],
    role: str,
    code: str,
) -> None:
    document["roles"] = roles
    next(node for node in document["workflow"]["nodes"] if node["key"] == "check")["role"] = role
    with pytest.raises(DefinitionRefused) as refused:
        import_package(source=document, department=licensing, by=administrator)
    assert code in {problem.code for problem in refused.value.problems.must_mend}
