"""A fee, and what the provider of the tests says about it; the secret is that of the pretended provider."""

from __future__ import annotations

import json
from typing import Any

from django.utils.timezone import now

from engine.calls.signatures import signed_headers
from engine.payments.pretended import PretendedProvider
from workflows.models import Case, Payment
from workflows.services import take_payment_message

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
