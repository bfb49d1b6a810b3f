"""What a package needs of its site is named before cases meet that it is missing."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from engine.core.problems import Problems
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import task
from workflows.definition import ServicePackage
from workflows.selectors.readiness import note_what_is_missing_here
from workflows.services import import_package

pytestmark = pytest.mark.django_db
ASK = {"key": "ask", "type": "service_call", "address": "https://register.example/x", "next": "check"}
TELL = {**ASK, "key": "tell", "type": "webhook_out", "event": "moved", "secret": "archive"}


def noted(document: dict[str, Any], department: Department) -> list[tuple[str, str]]:
    problems = Problems()
    note_what_is_missing_here(ServicePackage.model_validate(document), department, problems)
    return [(problem.where, problem.severity) for problem in problems if problem.code == "no_secret"]


@pytest.fixture
def secrets(settings: LazySettings, tmp_path: Path) -> Path:
    """Where the secrets of this site lie."""
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    return tmp_path


def test_a_secret_that_this_site_does_not_have_is_worth_a_look(
    simple_package: dict[str, Any],
    licensing: Department,
    registry: Department,
    secrets: Path,
) -> None:
    ask = {**ASK, "secret": "payments", "next": "tell"}
    document = with_nodes(simple_package, ask, TELL, task("check", "done"))
    assert noted(document, licensing) == [
        ("workflow.nodes[1].secret", "look"),
        ("workflow.nodes[2].secret", "look"),
    ]
    (secrets / "licensing.payments").write_text("known")
    assert noted(document, licensing) == [("workflow.nodes[2].secret", "look")]
    (secrets / "licensing.archive").write_text("known")
    assert noted(document, licensing) == []
    assert len(noted(document, registry)) == 2


def test_a_call_without_a_secret_needs_none(
    simple_package: dict[str, Any], licensing: Department, secrets: Path
) -> None:
    assert noted(with_nodes(simple_package, ASK, task("check", "done")), licensing) == []


def test_the_importer_is_told_and_a_stranger_is_not(
    simple_package: dict[str, Any],
    licensing: Department,
    designer: User,
    foreign_clerk: User,
    secrets: Path,
) -> None:
    document = with_nodes(simple_package, {**ASK, "secret": "payments"}, task("check", "done"))
    with pytest.raises(AccessRefused):
        import_package(source=document, department=licensing, by=foreign_clerk)
    report = import_package(source=document, department=licensing, by=designer)
    assert [problem.sentence for problem in report.problems if problem.code == "no_secret"] == [
        'This site has no secret "payments" for this department yet; its operator puts it there.'
    ]
