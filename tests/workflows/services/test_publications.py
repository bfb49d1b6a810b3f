"""Colleagues approve what is published: never who asked, never for a package that changed since."""

from __future__ import annotations

import json

import pytest

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.conftest import Person
from tests.workflows.published import text_of
from workflows.models import PublicationVote, Service
from workflows.selectors.publications import approvals_of
from workflows.services import import_package, publish
from workflows.services.publications import require_approvals, vote_on_publication
from workflows.services.refusals import NotApproved, NothingToPublish, OwnRequest, ReasonMissing

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(licensing: Department, designer: User, administrator: User) -> Service:
    """An imported service of a department that wants two approvals."""
    require_approvals(department=licensing, people=2, by=administrator)
    text = text_of("licensing/trade-licence.yaml")
    return import_package(
        source=text, department=Department.objects.get(pk=licensing.pk), by=designer
    ).service


@pytest.fixture
def colleagues(person: Person, licensing: Department) -> list[User]:
    """Two more who publish."""
    return [person(name, Role.PUBLISHER, licensing) for name in ("Ida One", "Bo Two")]


def say(service: Service, by: User, asked_by: User, *, approved: bool = True, reason: str = "") -> None:
    """One word on the publication."""
    vote_on_publication(service=service, asked_by=asked_by, approved=approved, reason=reason, by=by)


def test_it_is_published_when_enough_approve_and_nobody_refuses(
    service: Service, designer: User, publisher: User, colleagues: list[User]
) -> None:
    first, second = colleagues
    say(service, first, designer)
    with pytest.raises(NotApproved, match="1 of 2"):
        publish(service=service, by=publisher)
    say(service, second, designer, approved=False, reason="The fee is wrong.")
    say(service, publisher, designer)
    with pytest.raises(NotApproved):
        publish(service=service, by=publisher)
    say(service, second, designer)  # the refusal is taken back
    version = publish(service=service, by=publisher)
    assert version.votes.filter(approved=True).count() == 3
    verbs = [entry.verb for entry in history("department:licensing")]
    assert verbs.count("service.publication_approved") == 3
    assert verbs.count("service.publication_refused") == 1
    service.refresh_from_db()
    assert approvals_of(service).votes == []
    with pytest.raises(NothingToPublish):
        say(service, first, designer)


def test_a_change_makes_approvals_void_and_the_record_says_so(
    service: Service, designer: User, publisher: User, colleagues: list[User]
) -> None:
    for each in colleagues:
        say(service, each, designer)
    assert approvals_of(service).enough
    assert service.working is not None
    before = service.working
    for text in ("Changed", before["summary"]):  # also when it is changed back
        import_package(source={**before, "summary": text}, department=service.department, by=designer)
    service.refresh_from_db()
    assert not approvals_of(service).enough
    assert approvals_of(service, since=PublicationVote.objects.earliest("at").at).void == 2
    with pytest.raises(NotApproved):
        publish(service=service, by=publisher)
    assert "service.approvals_void" in [entry.verb for entry in history("department:licensing")]


def test_who_asked_who_gives_no_reason_and_who_may_not_publish_do_not_count(
    service: Service, designer: User, publisher: User, foreign_clerk: User, auditor: User
) -> None:
    with pytest.raises(OwnRequest):
        say(service, publisher, publisher)
    with pytest.raises(ReasonMissing):
        say(service, publisher, designer, approved=False, reason="  ")
    for stranger in (designer, foreign_clerk, auditor):
        with pytest.raises(AccessRefused):
            say(service, stranger, publisher)
    assert not PublicationVote.objects.exists()


def test_only_administrators_say_how_many_approve_and_every_change_is_recorded(
    licensing: Department, administrator: User, publisher: User
) -> None:
    for number in (2, 2, 0):
        require_approvals(department=licensing, people=number, by=administrator)
    with pytest.raises(AccessRefused):
        require_approvals(department=licensing, people=0, by=publisher)
    with pytest.raises(ValueError, match="10"):
        require_approvals(department=licensing, people=10, by=administrator)
    found = [entry for entry in history("department:licensing") if entry.verb.startswith("publication.")]
    assert sorted(json.loads(entry.details)["after"] for entry in found) == [0, 2]
