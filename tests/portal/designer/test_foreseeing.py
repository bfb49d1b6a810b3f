"""On the way from a test to production: the report comes first, and going round changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from engine.audit.selectors import history
from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused, grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import open_design, publish_design, save_design
from portal.designer.foreseeing import foresee_import
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.conftest import Person
from workflows.models import Service
from workflows.services.packages import export_package, export_working, import_package


@pytest.fixture
def designer(person: Person, licensing: Department, works: Department) -> User:
    """Somebody who designs and publishes in two departments: one stands for the test, one for production."""
    user = person("Dora Design", Role.ADMINISTRATOR, licensing)
    grant_role(user, Role.ADMINISTRATOR, works)
    return user


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made in the editor, changed, and published."""
    made = create_service(
        department=licensing, by=designer, key="dogs", title="Dogs", languages=["en", "fr"], template="two"
    )
    design = open_design(service=made, by=designer)
    document = {**design.document, "summary": {"en": "For dogs", "fr": "Pour les chiens"}}
    save_design(service=made, by=designer, base=str(design.latest_revision_id), document=document)
    publish_design(service=made, by=designer, note="")
    made.refresh_from_db()
    return made


def exported(service: Service, by: User) -> str:
    """The YAML of what is live."""
    assert service.current is not None
    return export_package(version=service.current, by=by)


def test_export_then_import_changes_nothing(service: Service, designer: User, licensing: Department) -> None:
    before = open_design(service=service, by=designer)
    report = import_package(source=exported(service, designer), department=licensing, by=designer)
    after = open_design(service=service, by=designer)
    assert report.status == "unchanged"
    assert after.latest_revision_id == before.latest_revision_id
    assert after.document == before.document


def test_importing_twice_changes_nothing_the_second_time(
    service: Service, designer: User, licensing: Department
) -> None:
    text = exported(service, designer).replace("For dogs", "For all dogs")
    assert import_package(source=text, department=licensing, by=designer).status == "changed"
    first = open_design(service=service, by=designer)
    assert first.document["summary"]["en"] == "For all dogs"
    assert import_package(source=text, department=licensing, by=designer).status == "unchanged"
    assert open_design(service=service, by=designer).latest_revision_id == first.latest_revision_id
    assert export_working(service=Service.objects.get(pk=service.pk), by=designer).count("For all dogs") == 1


def test_the_report_of_a_promotion_says_what_it_would_do_and_does_nothing(
    service: Service, designer: User, works: Department
) -> None:
    text = exported(service, designer)
    first = foresee_import(source=text, department=works, by=designer, language="en")
    assert first.is_new
    assert 'Question "Full name" is new' in [one["sentence"] for one in first.changes]
    assert not Service.objects.filter(department=works).exists()
    import_package(source=text, department=works, by=designer)
    again = foresee_import(source=text, department=works, by=designer, language="en")
    assert (again.is_new, again.changes) == (False, [])
    changed = foresee_import(
        source=text.replace("For dogs", "For cats"), department=works, by=designer, language="en"
    )
    assert [one["sentence"] for one in changed.changes] == [
        'Service "Dogs" is changed: Summary (For dogs → For cats)'
    ]
    assert changed.effects == ["New applications use the new version at once."]


def test_the_report_is_in_the_language_that_was_asked_for(
    service: Service, designer: User, works: Department
) -> None:
    text = exported(service, designer)
    with override("ar"):
        found = foresee_import(source=text, department=works, by=designer, language="en")
    assert found.changes[0]["sentence"] == 'Service "Dogs" is new'


def test_the_page_shows_the_report_and_changes_nothing(
    service: Service, designer: User, works: Department, client: Client
) -> None:
    client.force_login(designer)
    address = reverse("designer:import", args=("works",))
    before = len(history("department:works"))
    answer = client.post(address, {"text": exported(service, designer), "foresee": "1"})
    assert answer.status_code == 200
    assert "The service dogs would be new here." in answer.content.decode()
    assert not Service.objects.filter(department=works).exists()
    assert len(history("department:works")) == before


def test_a_broken_package_is_refused_with_its_problems(designer: User, works: Department) -> None:
    with pytest.raises(DefinitionRefused):
        foresee_import(source="format: 1\nkey: x", department=works, by=designer, language="en")


def test_a_designer_of_another_department_is_refused(
    service: Service, designer: User, person: Person, works: Department
) -> None:
    stranger = person("Stan Stranger", Role.DESIGNER, works)
    text: Any = exported(service, designer)
    with pytest.raises(AccessRefused):
        foresee_import(source=text, department=service.department, by=stranger, language="en")
    with pytest.raises(AccessRefused):
        open_design(service=service, by=stranger)
    assert ServiceDesign.objects.count() == 1
