"""A workflow of another system becomes a service; the same one again comes to the same service."""

import json

import pytest
from django.core.management import CommandError, call_command

from engine.departments.access import AccessRefused
from engine.departments.models import WorkRole
from forms_library.importing.port import Refused
from tests.workflows.digit import COMPLAINT, complaint
from workflows.models import Service
from workflows.services import publish
from workflows.services.foreign_workflows import import_foreign_workflow

pytestmark = pytest.mark.django_db


def content(document=COMPLAINT) -> bytes:
    return json.dumps(document).encode()


def test_it_can_be_published_and_its_roles_are_there(licensing, administrator):
    done = import_foreign_workflow(content=content(), department=licensing, by=administrator)
    (service,) = done.services
    publish(service=service, by=administrator)
    service.refresh_from_db()
    assert (done.format, service.key, service.current.number) == ("digit", "complaint", 1)
    assert set(WorkRole.objects.values_list("key", flat=True)) == {"csr", "gro", "dgro", "lme"}
    assert "no_form" in {note.code for note in done.report.notes}


def test_the_same_comes_to_its_service_and_another_never_does(licensing, administrator):
    again = [
        import_foreign_workflow(content=content(), department=licensing, by=administrator).services[0]
        for _ in range(2)
    ]
    other = complaint() | {"business": "elsewhere"}
    third = import_foreign_workflow(content=content(other), department=licensing, by=administrator)
    assert [service.key for service in again] == ["complaint", "complaint"]
    assert third.services[0].key == "complaint-2"


@pytest.mark.parametrize("who", ["clerk", "foreign_clerk", "citizen", "publisher"])
def test_who_designs_nothing_here_is_refused(licensing, who, request):
    with pytest.raises(AccessRefused):
        import_foreign_workflow(content=content(), department=licensing, by=request.getfixturevalue(who))
    assert not Service.objects.exists()


def test_what_is_no_workflow_makes_nothing(licensing, administrator):
    with pytest.raises(Refused):
        import_foreign_workflow(content=b"{}", department=licensing, by=administrator)
    assert not Service.objects.exists()


def test_the_command_prints_what_is_not_as_it_was(licensing, administrator, tmp_path, capsys):
    file = tmp_path / "complaint.json"
    file.write_bytes(content())
    call_command("import_workflow", str(file), department="licensing")
    printed = capsys.readouterr().out
    assert "Carried in another way:" in printed
    assert "digit: the working copy of licensing/complaint is there." in printed
    for wrong in ({"department": "nowhere"}, {"department": "licensing", "by": "nobody@example.org"}):
        with pytest.raises(CommandError):
            call_command("import_workflow", str(file), **wrong)
    file.write_bytes(b"{")
    with pytest.raises(CommandError):
        call_command("import_workflow", str(file), department="licensing")
