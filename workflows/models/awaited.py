"""What cases wait for from outside, so that a question to the database finds them."""

from __future__ import annotations

from django.db import models


class AwaitedKind(models.TextChoices):
    """What is to come."""

    SIGNAL = "signal"
    MESSAGE = "message"


class Awaited(models.Model):
    """One thing that one case waits for, at a work item or (without one) as long as it is open.

    The row is there only while the case waits; what came is told by the work items and the audit.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="awaited")
    work_item = models.ForeignKey(
        "WorkItem", null=True, blank=True, on_delete=models.CASCADE, related_name="awaited"
    )
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    node_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=AwaitedKind.choices)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=200, blank=True, default="")  # of a message: whom it is for
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["department", "kind", "name", "key"], name="awaited_by_name")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} for case {self.case_id}"
