"""Running cases that are moved to another version of their service: the plan, how far it is, the cases."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class MovePhase(models.TextChoices):
    """What is done with the cases of a plan."""

    LOOK = "look"  # each is looked at, nothing is changed
    MOVE = "move"
    UNDO = "undo"


class MoveStatus(models.TextChoices):
    """How far it is with that."""

    PLANNED = "planned"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class VersionMove(models.Model):
    """One plan to move the open cases of a version to another one, and how far a worker is with it."""

    service = models.ForeignKey("Service", on_delete=models.PROTECT, related_name="moves")
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.ForeignKey("ServiceVersion", on_delete=models.PROTECT, related_name="+", db_index=False)
    target = models.ForeignKey("ServiceVersion", on_delete=models.PROTECT, related_name="+", db_index=False)
    # where work at a step of the old version goes on; with "" it is cancelled
    steps: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    leaves_removed = models.BooleanField(default=False)  # answers not asked any more stay in the record alone
    asks_applicant = models.BooleanField(default=False)  # about what only the new version asks
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    phase = models.CharField(max_length=8, choices=MovePhase.choices, default=MovePhase.LOOK)
    status = models.CharField(max_length=8, choices=MoveStatus.choices, default=MoveStatus.PLANNED)
    begun_at = models.DateTimeField(null=True)  # when the first case was to be moved: the plan is final
    reached = models.BigIntegerField(default=0)  # the key of the last case that is done
    lease_until = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)  # how often a worker was asked for

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="version_move_running", condition=models.Q(status="running"))
        ]

    def __str__(self) -> str:
        return f"{self.service_id} from {self.source_id} to {self.target_id}"


class CaseClass(models.TextChoices):
    """Whether a case can be moved."""

    SAFE = "safe"
    NEEDS = "needs"  # somebody has to answer something first
    BLOCKED = "blocked"


class CaseFate(models.TextChoices):
    """What has become of a case of a plan."""

    SEEN = "seen"
    MOVED = "moved"
    LEFT = "left"
    RESTORED = "restored"
    KEPT = "kept"  # it was to be restored, and stays where it is


class CaseMove(models.Model):
    """One case of a plan: whether it can be moved and why not, and what it was before it was moved."""

    move = models.ForeignKey(VersionMove, on_delete=models.CASCADE, related_name="cases", db_index=False)
    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=8, choices=CaseClass.choices)
    fate = models.CharField(max_length=8, choices=CaseFate.choices, default=CaseFate.SEEN)
    # codes with keys of steps and questions, never answers
    reasons: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    # what is needed to bring it back; sensitive answers in it are sealed as in the case
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    mark = models.CharField(max_length=64, blank=True, default="")  # what it was when it had been moved
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "case"], name="case_once_in_version_move")]
        indexes = [
            models.Index(fields=["move", "kind", "case"], name="case_move_by_class"),
            models.Index(fields=["move", "fate", "case"], name="case_move_by_fate"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}, {self.fate}"
