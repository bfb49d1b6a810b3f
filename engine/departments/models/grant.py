"""What the group of a role may do in a department."""

from django.db import models
from guardian.models import GroupObjectPermissionBase

from engine.departments.models.department import Department


class DepartmentGrant(GroupObjectPermissionBase):
    """A right of a role's group in one department, beside its department (guardian's direct foreign key)."""

    content_object = models.ForeignKey(Department, on_delete=models.CASCADE, db_column="department_id")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "right in a department"
        verbose_name_plural = "rights in departments"
