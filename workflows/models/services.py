"""A service of a department and its published, unchangeable versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from engine.core.text import Text


class Audience(models.TextChoices):
    """Who may apply."""

    CITIZEN = "citizen"
    STAFF = "staff"


class Service(models.Model):
    """What a department offers; its content lies in its versions."""

    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="services"
    )
    key = models.SlugField(max_length=80)
    title = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.CITIZEN)
    current = models.ForeignKey(
        "ServiceVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # the package that was imported and is not published yet
    working: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        null=True, blank=True
    )
    working_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    working_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "key"], name="service_key_once_in_department")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def address(self) -> str:
        """Where the service is found: ``department/service``."""
        return f"{self.department.key}/{self.key}"

    def name(self, language: str) -> str:
        """The title in this language."""
        return Text.model_validate(self.title).in_(language)


class ServiceVersion(models.Model):
    """One published package: forms, workflow, certificates and messages together."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    package: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="version_number_once_in_service")
        ]

    def __str__(self) -> str:
        return f"{self.service_id} version {self.number}"


class ReferenceCounter(models.Model):
    """The last number given to a case, by prefix and year."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_counter_by_prefix_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"
