"""Publishing walks the workflow by itself, and refuses one whose step breaks."""

from pathlib import Path
from typing import Any

import pytest

from engine.audit.models import AuditEntry
from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.messages.models import OutboxMessage
from tests.workflows.conftest import with_nodes
from tests.workflows.published import PACKAGES
from tests.workflows.steps import task
from workflows.models import Case, Service
from workflows.nodes import set_data
from workflows.services import import_package, packages, publish
from workflows.walking import proving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishing walks here; what is found must not depend on how fast this machine is."""
    monkeypatch.setattr(packages, "proofs", [*packages.proofs, proving.prove_by_walking])
    monkeypatch.setattr(proving, "MOST_SECONDS", 600.0)


NOTE = {"key": "note", "type": "set_data", "values": {"seen": {"type": "text", "value": "'yes'"}}}


@pytest.fixture
def ready(simple_package: dict[str, Any], licensing: Department, designer: User) -> Service:
    """A working copy with a step of staff and a step of the system after it."""
    document = with_nodes(simple_package, task("check", "note"), {**NOTE, "next": "done"})
    return import_package(source=document, department=licensing, by=designer).service


def break_down(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError


def test_a_step_that_breaks_is_refused_with_where_and_how(
    ready: Service,
    publisher: User,
    clerk: User,
    foreign_clerk: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(set_data.SetDataActivation, "perform", break_down)
        with pytest.raises(AccessRefused):
            publish(service=ready, by=foreign_clerk)
        with pytest.raises(DefinitionRefused) as refused:
            publish(service=ready, by=publisher)
    (problem,) = refused.value.problems.must_mend
    assert (problem.code, problem.where) == ("walk_breaks", "workflow.nodes[1]")
    assert "it broke here" in problem.sentence and "ZeroDivisionError" in problem.sentence
    ready.refresh_from_db()
    assert ready.current is None
    assert publish(service=ready, by=publisher).number == 1


def test_nothing_of_the_walk_stays(ready: Service, publisher: User) -> None:
    entries = AuditEntry.objects.count()
    publish(service=ready, by=publisher)
    assert not Case.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert Service.objects.count() == 1
    assert AuditEntry.objects.count() == entries + 1


def test_what_cannot_be_reached_or_fails_as_it_may_is_no_proof(
    simple_package: dict[str, Any], licensing: Department, designer: User, publisher: User
) -> None:
    call = {"key": "ask", "type": "service_call", "address": "https://register.example/x", "next": "done"}
    document = with_nodes(simple_package, task("check", "ask"), call)
    service = import_package(source=document, department=licensing, by=designer).service
    assert publish(service=service, by=publisher).number == 1


def test_it_is_bounded_in_moves_and_time(
    ready: Service, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("MOST_MOVES", 1), ("MOST_SECONDS", 0.0), ("MOST_STEPS", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(proving, name, value)
            patch.setattr(set_data.SetDataActivation, "perform", break_down)
            version = publish(service=ready, by=publisher)
            assert version.number == 1


@pytest.mark.parametrize("path", sorted(PACKAGES.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_every_service_of_the_demonstration_stands_it(
    path: Path, licensing: Department, designer: User, publisher: User
) -> None:
    service = import_package(source=path.read_bytes(), department=licensing, by=designer).service
    assert publish(service=service, by=publisher).number == 1
