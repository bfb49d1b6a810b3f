"""Nothing of a test with real transactions is left for the next one."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import TransactionTestCase

from engine.audit import log as audit
from engine.audit.models import AuditEntry
from engine.departments.models import Department, User

pytestmark = pytest.mark.django_db(transaction=True)


def empty() -> None:
    """What happens after every such test."""
    case: Any = SimpleNamespace(
        _databases_names=lambda include_mirrors: ["default"], available_apps=None, serialized_rollback=False
    )
    TransactionTestCase._fixture_teardown(case)


def permissions() -> set[tuple[str, str, str]]:
    """All that Django makes, by model and word."""
    found = Permission.objects.values_list("content_type__app_label", "content_type__model", "codename")
    return set(found)


@pytest.mark.parametrize("time", ["first", "second"])
def test_rows_are_gone_also_those_that_can_only_be_added(
    time: str, clerk: User, licensing: Department
) -> None:
    audit.record("test", chain=audit.department_chain(licensing.key), actor=clerk, subject="test:1")
    empty()
    assert not Department.objects.exists()
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()
    assert len(permissions()) > 100  # that Django makes stays


def test_a_permission_that_a_test_changed_is_as_it_was() -> None:
    empty()
    was = permissions()
    Permission.objects.filter(content_type__app_label="departments").delete()
    empty()
    assert permissions() == was


def test_what_a_test_adds_to_what_django_makes_is_gone() -> None:
    empty()
    ContentType.objects.create(app_label="departments", model="of_a_test")
    empty()
    assert not ContentType.objects.filter(model="of_a_test").exists()
