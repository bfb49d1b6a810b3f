"""Payments of applicants, as the provider was asked for them and has said that they came out."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class PaymentState(models.TextChoices):
    """Where a payment stands; the last three brought money that somebody has to look at."""

    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LATE = "late"  # paid when nothing was to be paid any more
    SURPLUS = "surplus"  # paid although another attempt was paid already
    WRONG_AMOUNT = "wrong_amount"


class PaymentMethod(models.TextChoices):
    """How somebody paid at the desk."""

    CASH = "cash"
    CARD = "card"


class Payment(models.Model):
    """One attempt to pay what a step asks for; its key is what the provider knows it by."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="payments")
    work_item = models.ForeignKey("WorkItem", on_delete=models.CASCADE, related_name="payments")
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount = models.DecimalField(max_digits=15, decimal_places=3)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=12, choices=PaymentState.choices, default=PaymentState.WAITING)
    begun_at = models.DateTimeField()
    address = models.CharField(max_length=2_000, blank=True, default="")  # where the person pays
    provider = models.CharField(max_length=20)
    provider_reference = models.CharField(max_length=200, blank=True, default="")
    message_id = models.CharField(max_length=200, blank=True, default="")  # of what settled it
    settled_at = models.DateTimeField(null=True)
    method = models.CharField(
        max_length=10, choices=PaymentMethod.choices, blank=True, default="", db_default=""
    )  # at the desk only, where the provider's reference is the number of the receipt
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_item"], name="one_waiting_payment_of_a_step", condition=Q(state="waiting")
            ),
            models.UniqueConstraint(
                fields=["work_item"], name="one_paid_payment_of_a_step", condition=Q(state="paid")
            ),
            models.UniqueConstraint(
                fields=["department", "provider_reference"],
                name="one_payment_of_a_receipt",
                condition=Q(provider="desk"),
            ),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk} of case {self.case_id}"
