"""Mistakes on issued certificates: what one person asks to put right, and what another decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflows.models.cases import Case, answers_place
from workflows.sealed_fields import SealedJSONField, sensitive_keys


class Amendment(models.Model):
    """New answers for a case whose certificate says something wrong; another person decides on them."""

    class State(models.TextChoices):
        """Where it stands; an approved one has its new certificate as soon as a worker has made it."""

        WAITING = "waiting"
        APPROVED = "approved"
        REFUSED = "refused"
        DROPPED = "dropped"  # approved, but the certificate was revoked before a new one was there

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="amendments")
    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    certificate = models.ForeignKey("documents.Certificate", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answers = SealedJSONField(default=dict)  # the new ones only
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_words = models.TextField(blank=True, default="")  # why it was refused
    replacement = models.OneToOneField(
        "documents.Certificate", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                name="one_waiting_amendment_of_a_certificate",
                condition=models.Q(state="waiting"),
            )
        ]
        indexes = [
            models.Index(
                fields=["department", "asked_at"],
                name="amendment_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["settled_at"],
                name="amendment_to_carry_out",
                condition=models.Q(state="approved", replacement=None),
            ),
        ]

    def __str__(self) -> str:
        return f"amendment {self.pk} of case {self.case_id}"

    def sealing(self, column: str) -> tuple[str, frozenset[str]]:
        """What the sealed answers are bound to, and which are sealed."""
        return answers_place(self.case_id), sensitive_keys(self.case.version_id).answers
