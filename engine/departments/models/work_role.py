"""Roles that a department made for the work of its services."""

from django.db import models

from engine.core.text import Text
from engine.departments import validation
from engine.departments.models.department import Department


class WorkRole(models.Model):
    """A role beside those of the product, such as "Field inspector"; a group holds it, as everywhere."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="work_roles")
    key = models.SlugField(max_length=60)
    title = models.JSONField(validators=[validation.localised])

    class Meta:
        ordering = ("key",)
        constraints = [
            models.UniqueConstraint(fields=["department", "key"], name="work_role_once_in_department")
        ]

    def __str__(self) -> str:
        return self.key

    def name(self, language: str) -> str:
        """What the role is called in this language."""
        return Text.model_validate(self.title).in_(language) or self.key
