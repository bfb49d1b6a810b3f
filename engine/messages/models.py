"""What is to leave the process, and the letters among it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from engine.departments.models import Department, User


class OutboxMessage(models.Model):
    """One thing to do outside the transaction that asked for it; the payload holds ids only."""

    class State(models.TextChoices):
        """Where a message stands."""

        PENDING = "pending", "Waiting to go out"
        DONE = "done", "Done"
        DEAD = "dead", "Given up"

    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    trace = models.CharField(max_length=55, blank=True, default="", db_default="")  # traceparent of who asked

    class Meta:
        db_table = "outbox_message"
        verbose_name = "outgoing message"
        indexes = [
            models.Index(fields=["due_at", "id"], name="outbox_due", condition=Q(state="pending")),
            models.Index(fields=["department", "id"], name="outbox_dead", condition=Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class Letter(models.Model):
    """One e-mail to one person, kept as it was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    # An address other than the recipient's own: a new one that is still to be confirmed, or one of somebody
    # who has no account.
    address = models.EmailField(blank=True, default="")
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    language = models.CharField(max_length=35)
    case_reference = models.CharField(max_length=40, blank=True, default="")
    message_id = models.CharField(max_length=255)
    created = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(address=""), name="letter_goes_to_somebody"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-created"], name="letter_of_recipient"),
            models.Index(fields=["case_reference", "created"], name="letter_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
