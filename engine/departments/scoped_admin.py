"""An admin page that shows each person only the rows of departments in which they have a right."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from engine.departments import access
from engine.departments.permissions import Permission


class DepartmentScopedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Rows by department; rows of no department belong to the installation, so only superusers see them."""

    right: Permission
    department_field = "department_id"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that this person may see."""
        rows = super().get_queryset(request)
        allowed = access.departments_with(request.user, self.right)
        visible = rows.filter(**{f"{self.department_field}__in": allowed})
        if request.user.is_active and request.user.is_superuser:
            visible = visible | rows.filter(**{f"{self.department_field}__isnull": True})
        return visible

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown to whoever has the right somewhere."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the person may see this row, or any row."""
        user = request.user
        if obj is None:
            return bool(access.departments_with(user, self.right)) or (user.is_active and user.is_superuser)
        department_id = getattr(obj, self.department_field)
        if department_id is None:
            return user.is_active and user.is_superuser
        return access.may(user, self.right, department_id)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing can be changed unless a page says so."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing can be added by hand unless a page says so."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False
