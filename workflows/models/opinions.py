"""Opinions that are asked of people outside, by a link in a letter that works once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Opinion(models.Model):
    """One person outside who was asked, and what they said; the database knows only the hash of their key.

    It can be given as long as the step waits and the link was not taken back. Without a step a member of
    staff has asked beside the workflow, until a day: the question and what is shown stand in the row.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="opinions")
    work_item = models.ForeignKey("WorkItem", null=True, on_delete=models.CASCADE, related_name="opinions")
    question = models.TextField(blank=True, default="", db_default="")
    fields: models.JSONField[list[str], list[str]] = models.JSONField(default=list, db_default=[])
    due_at = models.DateTimeField(null=True)
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    address = models.EmailField()
    key_sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taken_back_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    recommendation = models.CharField(max_length=60, blank=True, default="")
    text = models.TextField(blank=True, default="")
    document = models.OneToOneField(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_item"],
                name="one_open_opinion_of_a_step",
                condition=models.Q(taken_back_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"opinion {self.pk} on case {self.case_id}"
