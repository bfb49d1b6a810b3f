"""How cases begin without anybody who applies, by what sets it off; written anew at every publication."""

from __future__ import annotations

from django.db import models


class OpeningKind(models.TextChoices):
    """What opens a case."""

    SCHEDULE = "schedule"
    MESSAGE = "message"
    SIGNAL = "signal"


class Opening(models.Model):
    """One start of the current version of a service that waits to open cases."""

    service = models.ForeignKey("Service", on_delete=models.CASCADE, related_name="openings")
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    node_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=OpeningKind.choices)
    name = models.CharField(max_length=80, blank=True, default="")  # of the message or signal
    rule = models.CharField(max_length=300, blank=True, default="")  # of the calendar, to see that it changed
    due_at = models.DateTimeField(null=True, blank=True)  # the next occurrence of the calendar

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "node_key"], name="one_opening_by_service_start")
        ]
        indexes = [
            models.Index(fields=["department", "kind", "name"], name="opening_by_name"),
            models.Index(fields=["due_at"], name="opening_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.node_key} of service {self.service_id}"
