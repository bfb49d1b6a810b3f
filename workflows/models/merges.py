"""Applications that were sent twice: the keys by which they are found, and which was merged into which."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from workflows.models.cases import Case


class CaseLikeness(models.Model):
    """The hashed keys of a case by which another application of the same person finds it."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="likeness")
    service = models.ForeignKey("Service", on_delete=models.CASCADE, related_name="+", db_index=False)
    keys: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="likeness_by_key")]

    def __str__(self) -> str:
        return f"likeness of case {self.case_id}"


class CaseMerge(models.Model):
    """A case that ended because it is the same as another, which goes on."""

    duplicate = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merged_cases")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], name="merged_into_one_case", condition=models.Q(undone_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"case {self.duplicate_id} into {self.kept_id}"
