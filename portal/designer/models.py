"""The design of a service: the package as designers work at it, which may be incomplete."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from wagtail.models import LockableMixin, Revision, RevisionMixin


class ServiceDesign(LockableMixin, RevisionMixin, models.Model):  # type: ignore[misc]  # Wagtail has no types
    """One document for each service; Wagtail keeps its revisions and its lock.

    It is no snippet: Wagtail's own pages ask nobody whose department a design is of (see the test of this
    model), so designs are reached only by the addresses of this room.
    """

    service = models.OneToOneField("workflows.Service", on_delete=models.PROTECT, related_name="design")
    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    document: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    # fingerprint of the package outside the designer that the document took in or became
    followed = models.CharField(max_length=64, blank=True, default="")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_note = models.CharField(max_length=500, blank=True, default="")
    _revisions = GenericRelation(Revision, related_query_name="service_design")

    def __str__(self) -> str:
        return f"design of {self.service_id}"

    @property
    def revisions(self) -> Any:
        """What was saved, each as it was then."""
        return self._revisions


class LibraryPart(models.Model):
    """Questions, pages or steps that a department keeps under a name, to be put into other services."""

    class What(models.TextChoices):
        """What the items are."""

        FIELDS = "fields"
        PAGES = "pages"
        NODES = "nodes"

    department = models.ForeignKey("departments.Department", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    name = models.CharField(max_length=80)
    items: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="library_name_once_in_department")
        ]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
