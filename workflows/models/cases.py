"""A case on its way, and what was sent in for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from viewflow.workflow.models import AbstractProcess

from workflows.unit import Buffered


class CaseState(models.TextChoices):
    """Where a case stands, in the words of the citizen."""

    SENT = "sent"
    BEING_CHECKED = "being_checked"
    WAITING_FOR_YOU = "waiting_for_you"
    WAITING_FOR_PAYMENT = "waiting_for_payment"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Case(Buffered, AbstractProcess):  # type: ignore[misc]  # viewflow has no types
    """One application on its way; a Viewflow process, pinned to one service version."""

    reference = models.CharField(max_length=40, unique=True)
    service = models.ForeignKey("Service", on_delete=models.PROTECT, related_name="cases", db_index=False)
    version = models.ForeignKey(
        "ServiceVersion", on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    language = models.CharField(max_length=12)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    state = models.CharField(max_length=24, choices=CaseState.choices, default=CaseState.SENT)
    outcome = models.CharField(max_length=40, blank=True, default="")
    summary = models.CharField(max_length=300, blank=True, default="")
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    seed = None
    artifact = None

    objects: ClassVar[models.Manager[Case]] = models.Manager()
    _default_manager: ClassVar[models.Manager[Case]]

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "-submitted_at"], name="case_of_applicant"),
            models.Index(fields=["department", "state", "-submitted_at"], name="case_of_department"),
            models.Index(fields=["service", "-submitted_at"], name="case_of_service"),
            models.Index(fields=["version"], name="case_open_by_version", condition=models.Q(finished=None)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as they stand now."""
        answers: dict[str, Any] = self.data.get("answers", {})
        return answers

    @property
    def work(self) -> dict[str, dict[str, Any]]:
        """What staff recorded, by node key."""
        work: dict[str, dict[str, Any]] = self.data.get("work", {})
        return work

    @property
    def chain(self) -> str:
        """The name of this case's chain in the audit."""
        return f"case:{self.reference}"


class Submission(models.Model):
    """Answers as they were sent at one moment; never changed afterwards."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="submissions")
    form_key = models.CharField(max_length=80)
    node_key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    changed: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="submission_number_once_in_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} submission {self.number}"
