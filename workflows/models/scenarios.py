"""Walks through a service that were saved, to be played again before it is published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Scenario(models.Model):
    """One saved walk, and what it came to when it was saved."""

    service = models.ForeignKey("Service", on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=80)
    script: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    expected: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="scenario_name_once_in_service")
        ]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
