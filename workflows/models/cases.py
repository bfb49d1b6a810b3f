"""A case on its way, and what was sent in for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from viewflow.workflow.models import AbstractProcess

from workflows.sealed_fields import SealedJSONField, opened, sealed, sensitive_keys
from workflows.unit import Buffered, current

OUTCOME = "outcome"  # what the engine records beside the answers of a step


class CaseState(models.TextChoices):
    """Where a case stands, in the words of the citizen."""

    SENT = "sent"
    BEING_CHECKED = "being_checked"
    WAITING_FOR_YOU = "waiting_for_you"
    WAITING_FOR_PAYMENT = "waiting_for_payment"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    MERGED = "merged"
    EXPIRED = "expired"
    FAILED = "failed"


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
    # in a service that thinks in states: the one in which the case stands
    stands_at = models.CharField(max_length=80, blank=True, default="", db_default="")
    summary = models.CharField(max_length=300, blank=True, default="")
    # the same line by language, where a reader of that language sees other words
    summaries: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, db_default={}
    )
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    # the case that this one comes from, and the work item there that waits for the end of this one
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )
    awaited_by = models.ForeignKey(
        "WorkItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    origin = models.CharField(max_length=160, null=True, blank=True, unique=True)  # what began it, once
    held_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)  # out of the lists, never out of the record

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
            models.Index(fields=["parent"], name="case_of_parent", condition=models.Q(parent__isnull=False)),
            models.Index(
                fields=["awaited_by"], name="case_awaited", condition=models.Q(awaited_by__isnull=False)
            ),
            models.Index(
                fields=["department", "id"], name="case_open_of_department", condition=models.Q(finished=None)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as they stand now; in `data` the sensitive ones are sealed."""
        return opened(self.data.get("answers", {}), answers_place(self.pk))

    def keep_answers(self, answers: Mapping[str, Any]) -> None:
        """Take these answers; a new case must have its key first, for they are sealed for it."""
        keys = sensitive_keys(self.version_id).answers
        self.data["answers"] = sealed(answers, keys, answers_place(self.pk))
        self.data_changed()

    @property
    def work(self) -> dict[str, dict[str, Any]]:
        """What staff recorded, by node key."""
        work: dict[str, dict[str, Any]] = self.data.get("work", {})
        return {key: opened(recorded, work_place(self.pk, key)) for key, recorded in work.items()}

    def keep_work(self, node_key: str, recorded: Mapping[str, Any]) -> dict[str, Any]:
        """Take what staff recorded at a step; gives it as it is stored."""
        has_answers = bool(recorded.keys() - {OUTCOME})  # without any, nothing has to be looked up
        keys = sensitive_keys(self.version_id).work.get(node_key, ()) if has_answers else ()
        stored = sealed(recorded, keys, work_place(self.pk, node_key))
        self.data.setdefault("work", {})[node_key] = stored
        self.data_changed()
        return stored

    def data_changed(self) -> None:
        """Steps that wait for data of the case look again at the end of this transaction."""
        open_unit, flow = current(), self.flow_class
        if open_unit is not None and flow.rechecked:
            open_unit.at_end(("recheck", self.pk), partial(flow.recheck, self))

    @property
    def chain(self) -> str:
        """The name of this case's chain in the audit."""
        return f"case:{self.reference}"


def answers_place(case_id: int) -> str:
    """What the sealed answers of a case are bound to; those of its submissions are the same."""
    return f"case:{case_id}/answers"


def work_place(case_id: int, node_key: str) -> str:
    """What the sealed answers of staff are bound to."""
    return f"case:{case_id}/work.{node_key}"


class Submission(models.Model):
    """Answers as they were sent at one moment; never changed afterwards."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="submissions")
    form_key = models.CharField(max_length=80)
    node_key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    answers = SealedJSONField(default=dict)
    changed: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    # of the answers that were offered and not typed: where each came from, and whether it was changed
    prefilled: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="submission_number_once_in_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} submission {self.number}"

    def sealing(self, column: str) -> tuple[str, frozenset[str]]:
        """What the sealed answers are bound to, and which are sealed."""
        return answers_place(self.case_id), sensitive_keys(self.case.version_id).answers
