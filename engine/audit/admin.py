"""The audit record for auditors, and departments and people for those who look after them.

Departments and people are registered here, and not in their own room, because each change is audited.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from engine.audit import log
from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from engine.departments.scoped_admin import DepartmentScopedAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(DepartmentScopedAdmin):
    """Read only, for auditors of the department."""

    right = Permission.READ_AUDIT
    list_display = ("at", "chain", "position", "verb", "subject", "actor", "department")
    list_select_related = ("actor", "department")
    list_filter = ("verb",)
    search_fields = ("chain", "subject", "verb")
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(Department)
class DepartmentAdmin(DepartmentScopedAdmin):
    """A department's own settings; its first administrator is appointed by `manage.py grant_role`."""

    right = Permission.ADMINISTER_DEPARTMENT
    department_field = "pk"
    list_display = ("key", "__str__", "time_zone", "document_store")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the installation adds departments."""
        return request.user.is_active and request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever administers the department."""
        return self.has_view_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The key is in addresses and in the names of roles: it stays."""
        return ("key",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Department, form: ModelForm[Any], change: bool) -> None:
        """Store with an audit entry that names the fields."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            _record(request, "department", change, obj.pk, form, obj.key, obj.pk)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """People, for superusers; what they may do in a department is not set here."""

    list_display = ("email", "name", "is_active", "is_staff", "is_superuser")
    search_fields = ("email", "name")
    fields = ("email", "name", "language", "is_active", "is_staff", "is_superuser")
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Only for superusers."""
        return request.user.is_active and request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are switched off, never deleted: their names stand in the record."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[Any], change: bool) -> None:
        """Store with an audit entry; a new person sets a password by themselves."""
        with transaction.atomic():
            if not change:
                obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            _record(request, "user", change, obj.pk, form, "", None)


def _record(
    request: HttpRequest,
    kind: str,
    change: bool,
    key: int,
    form: ModelForm[Any],
    department: str,
    department_id: int | None,
) -> None:
    actor = request.user
    log.record(
        f"{kind}.{'changed' if change else 'added'}",
        chain=log.department_chain(department) if department else log.SYSTEM,
        actor=actor if isinstance(actor, User) else None,
        department_id=department_id,
        subject=f"{kind}:{key}",
        details={"fields": sorted(form.changed_data)},
    )
