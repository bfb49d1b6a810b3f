"""The departments and people of the demonstration."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from engine.departments.access import roles_of
from engine.departments.models import Department, User
from engine.departments.roles import STAFF_ROLES
from workflows.demonstration import files
from workflows.demonstration.places import has_demonstration_password, load_departments, load_people

pytestmark = pytest.mark.django_db


def test_every_department_has_one_person_for_each_role() -> None:
    load_departments()
    people = load_people()
    for department in Department.objects.all():
        held = {role for user in people.values() for role in roles_of(user, department)}
        assert held == set(STAFF_ROLES)
    assert len(files.citizens()) == 6


def test_loading_again_changes_nothing() -> None:
    load_departments()
    before = load_people()
    load_departments()
    assert {user.pk for user in load_people().values()} == {user.pk for user in before.values()}
    assert (Department.objects.count(), User.objects.count()) == (3, len(before))


def test_everybody_can_sign_in() -> None:
    load_departments()
    for user in load_people().values():
        assert has_demonstration_password(user)
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1


def test_documents_lie_half_in_a_folder_and_half_in_an_object_store() -> None:
    stores = {department.key: department.document_store for department in load_departments().values()}
    assert stores == {"licensing": "nas", "registry": "s3", "works": "s3"}


def test_the_people_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demonstration_people")
    printed = capsys.readouterr().out
    assert "noor.aziz@licensing.example" in printed
    assert files.password() in printed
