"""A fee, and what the provider of the tests says about it; the secret is that of the pretended provider."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.calls.signatures import signed_headers
from engine.departments.models import User
from engine.payments.pretended import PretendedProvider
from tests.workflows.steps import task
from workflows.models import Case, Payment
from workflows.services import begin_payment, take_payment_message

NODE: dict[str, Any] = {
    "key": "pay",
    "type": "payment",
    "title": "Pay the fee",
    "amount": "answers.amount * 2.0",
    "due": {"days": 14},
    "next": "check",
    "on_timeout": "refused",
}


def says(
    payment: Payment,
    status: str = "paid",
    /,
    *,
    department: str = "licensing",
    signed_for: str = "",
    at_s: int | None = None,
    **other: Any,
) -> str:
    """What comes of a message of the provider."""
    case: Case = payment.case
    said = {
        "payment": str(payment.key),
        "status": status,
        "amount": payment.work_item.data["amount"],
        "currency": payment.currency,
        "reference": case.reference,
        "provider_reference": "P-1",
        **other,
    }
    body = json.dumps(said).encode()
    secret = PretendedProvider().secret(signed_for or department)
    moment = int(now().timestamp()) if at_s is None else at_s
    headers = signed_headers(secret, f"m-{payment.pk}-{status}", moment, body)
    return take_payment_message(department=department, headers=headers, body=body)


@pytest.fixture(autouse=True)
def pretended(settings: LazySettings) -> None:
    """The provider on which no money moves."""
    settings.PAYMENT_PROVIDER = "pretend"


@pytest.fixture
def due(running: Callable[..., Case]) -> Case:
    """A case that waits for its fee of 25 euros."""
    return running(NODE, task("check", "done"))


@pytest.fixture
def begun(due: Case, citizen: User) -> Payment:
    """The applicant went to the provider."""
    begin_payment(reference=due.reference, by=citizen, language="en")
    return Payment.objects.select_related("case", "work_item").get()


def verbs(case: Case) -> list[str]:
    """What the record of the case tells, in its order."""
    return list(AuditEntry.objects.filter(chain=case.chain).order_by("pk").values_list("verb", flat=True))


def state_of(payment: Payment) -> str:
    """Where a payment stands now."""
    return Payment.objects.get(pk=payment.pk).state
