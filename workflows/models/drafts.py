"""Answers that are not sent yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from workflows.sealed_fields import SealedJSONField, sensitive_keys


class Draft(models.Model):
    """What somebody has filled in so far; survives sign-out and a change of device."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    service_version = models.ForeignKey("ServiceVersion", on_delete=models.PROTECT, related_name="drafts")
    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    answers = SealedJSONField(default=dict)
    raw = SealedJSONField(default=dict)  # what was typed and not accepted yet, by page
    # what was offered and not typed: by question, where it came from and the answer; see services.prefilling
    prefilled = SealedJSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=12)
    start = models.CharField(max_length=80, blank=True, default="")  # of staff who open a case: which start
    last_page = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    expires_at = models.DateTimeField()
    submitted_case = models.OneToOneField(
        "Case", null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )
    work_item = models.ForeignKey(
        "WorkItem", null=True, blank=True, on_delete=models.PROTECT, related_name="correction_drafts"
    )

    # which version of its row was read, where that was asked for: see workflows.draft_rows
    seen: tuple[str, str] | None = None

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="draft_of_owner"),
            models.Index(
                fields=["expires_at"],
                name="draft_to_expire",
                condition=models.Q(submitted_case__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["work_item"],
                name="one_open_correction_draft",
                condition=models.Q(work_item__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def sealing(self, column: str) -> tuple[str, frozenset[str]]:
        """What the sealed values of a column are bound to, and which are sealed: what was typed, by page."""
        known = sensitive_keys(self.service_version_id)
        raw = known.pages | {"_before"} if known.pages else known.pages
        return f"draft:{self.pk}/{column}", raw if column == "raw" else known.answers
