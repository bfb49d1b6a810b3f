"""Forms of other systems become services."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from forms_library.importing.port import Refused
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV
from workflows.models import Service
from workflows.services import publish
from workflows.services.foreign_forms import import_foreign_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "document", [XGOV, MOJ, OPEN_FORMS, SCHEMA], ids=["xgov", "moj", "open_forms", "schema"]
)
def test_an_imported_form_can_be_published(
    document: object, licensing: Department, designer: User, publisher: User
) -> None:
    done = import_foreign_form(content=json.dumps(document).encode(), department=licensing, by=designer)
    assert len(done.report) > 0
    version = publish(service=done.services[0], by=publisher)
    assert version.number == 1
    assert [node["type"] for node in version.package["workflow"]["nodes"]] == [
        "start",
        "approval",
        "end",
        "end",
    ]


def test_importing_twice_changes_nothing(licensing: Department, designer: User) -> None:
    for _ in range(2):
        import_foreign_form(content=json.dumps(XGOV).encode(), department=licensing, by=designer)
    assert Service.objects.count() == 1


def test_who_does_not_design_here_is_refused(licensing: Department, foreign_clerk: User, clerk: User) -> None:
    for user in (foreign_clerk, clerk):
        with pytest.raises(AccessRefused):
            import_foreign_form(content=json.dumps(XGOV).encode(), department=licensing, by=user)
    assert not Service.objects.exists()


def test_what_is_no_form_changes_nothing(licensing: Department, designer: User) -> None:
    with pytest.raises(Refused):
        import_foreign_form(content=b'{"a": 1}', department=licensing, by=designer)
    assert not Service.objects.exists()


def test_the_command_prints_the_report(licensing: Department, designer: User, tmp_path: Path) -> None:
    path = tmp_path / "boat.json"
    path.write_text(json.dumps(XGOV))
    said = io.StringIO()
    call_command("import_form", path, department="licensing", by=designer.email, stdout=said)
    assert "Defects of the source" in said.getvalue()
    assert "licensing/keep-a-boat" in said.getvalue()


def test_the_command_says_why_it_refuses(licensing: Department, designer: User, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("[]")
    with pytest.raises(CommandError, match="no form"):
        call_command("import_form", path, department="licensing", by=designer.email)
    with pytest.raises(CommandError, match="no department"):
        call_command("import_form", path, department="nowhere")
