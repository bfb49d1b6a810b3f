"""The admin shows each person only their departments, and changes leave an audit entry."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from engine.audit import log
from engine.audit.admin import AuditEntryAdmin, DepartmentAdmin
from engine.audit.models import AuditEntry
from engine.departments.models import Department, User

record = AuditEntryAdmin(AuditEntry, admin.site)
departments = DepartmentAdmin(Department, admin.site)


def asked_by(user: User):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


@pytest.fixture
def entries(licensing: Department, registry: Department) -> None:
    log.record("ours", chain="department:licensing", department_id=licensing.pk)
    log.record("theirs", chain="department:registry", department_id=registry.pk)
    log.record("house", chain="system")


def test_auditors_see_their_department_only(entries: None, auditor: User) -> None:
    request = asked_by(auditor)
    assert [entry.verb for entry in record.get_queryset(request)] == ["ours"]
    assert record.has_module_permission(request)
    assert record.has_view_permission(request, AuditEntry.objects.get(verb="ours"))
    assert not record.has_view_permission(request, AuditEntry.objects.get(verb="theirs"))


def test_the_record_can_not_be_changed_there(entries: None, auditor: User) -> None:
    request, entry = asked_by(auditor), AuditEntry.objects.first()
    assert not record.has_add_permission(request)
    assert not record.has_change_permission(request, entry)
    assert not record.has_delete_permission(request, entry)


def test_others_see_nothing(entries: None, clerk: User, administrator: User, outsider: User) -> None:
    for other in (clerk, administrator, outsider):
        assert not record.has_module_permission(asked_by(other))
        assert not record.get_queryset(asked_by(other)).exists()


def test_a_superuser_sees_what_belongs_to_no_department(entries: None, person) -> None:
    root = person("Root", is_staff=True, is_superuser=True)
    assert [entry.verb for entry in record.get_queryset(asked_by(root))] == ["house"]


def test_an_administrator_changes_the_own_department_only(
    licensing: Department, registry: Department, administrator: User
) -> None:
    request = asked_by(administrator)
    assert list(departments.get_queryset(request)) == [licensing]
    assert departments.has_change_permission(request, licensing)
    assert not departments.has_change_permission(request, registry)
    assert not departments.has_add_permission(request)


def test_a_change_of_a_department_is_recorded(licensing: Department, administrator: User) -> None:
    request = asked_by(administrator)
    form_class = departments.get_form(request, licensing, fields=["telephone"])
    form = form_class({"telephone": "555 0199"}, instance=licensing)
    assert form.is_valid(), form.errors
    departments.save_model(request, form.save(commit=False), form, change=True)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.details) == (
        "department.changed",
        administrator,
        '{"fields":["telephone"]}',
    )
