"""What staff keep about a case for themselves: notes, and flags by which cases are found again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class CaseNote(models.Model):
    """Words of one member of staff about a case; never changed, and never shown to the applicant."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="notes", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()
    told = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    key = models.UUIDField()  # made with the empty form, so that one form makes one note

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="one_note_by_form")]

    def __str__(self) -> str:
        return f"note {self.pk} of case {self.case_id}"


class DepartmentFlag(models.Model):
    """A flag that a department has named for all its services."""

    department = models.ForeignKey("departments.Department", on_delete=models.CASCADE, related_name="+")
    label: models.JSONField[Any, Any] = models.JSONField()  # localised text
    retired_at = models.DateTimeField(null=True, blank=True)  # stays where it is set, is offered no more

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """What stands at a case; packages cannot name a flag so."""
        return f"own-{self.pk}"


class CaseFlag(models.Model):
    """A flag that somebody has set on a case, by the key that its package or department gave it."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="flags", db_index=False)
    key = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="flag_once_on_case")]
        indexes = [models.Index(fields=["key", "case"], name="case_by_flag")]

    def __str__(self) -> str:
        return f"{self.key} of case {self.case_id}"
