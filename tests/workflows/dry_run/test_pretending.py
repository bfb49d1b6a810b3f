"""The files of a walk are rows of its stage: no real file can be named in one, and none is left."""

from typing import Any

import pytest

from engine.core.problems import Problems
from engine.departments.models import Department, User
from engine.documents.models import Document
from tests.portal.designer.stall_permit import PERMIT
from tests.workflows.dry_run.walks import walk
from workflows.definition import ServicePackage, parse_package
from workflows.dry_run import play_and_look
from workflows.dry_run.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def permit() -> ServicePackage:
    package = parse_package(PERMIT, Problems())
    assert package is not None
    return package


def test_a_walk_that_names_a_real_file_gets_a_row_of_its_own(
    permit: ServicePackage, licensing: Department, designer: User
) -> None:
    real = Document.objects.create(
        department=licensing,
        owner=designer,
        name="secret.pdf",
        size=9,
        content_type="application/pdf",
        sha256="1" * 64,
        store="nas",
        storage_key="x/secret",
    )
    plan = {"document": str(real.pk), "name": "plan.pdf", "size": 5, "type": "application/pdf"}
    act = {"do": "apply", "answers": {"script": "Bread", "amount": 30, "reason": "Feast", "plan": plan}}

    def look(stage: Stage) -> Any:
        return stage.cases()[0].answers["plan"]

    report, kept = play_and_look(permit, walk(act), look, department=licensing, by=designer)
    assert report.stopped is None
    assert kept["name"] == "plan.pdf"
    assert kept["document"] != str(real.pk)
    assert list(Document.objects.all()) == [real]
