"""A provider that takes orders over HTTPS and shows its own page (hosted checkout)."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.conf import settings

from engine.calls.client import Call, send
from engine.calls.failures import CallFailed
from engine.calls.secrets import secret
from engine.payments.provider import LONGEST_REFERENCE, Begun, Order, Provider

TOKEN, MESSAGES = "payments", "payment-messages"  # the names of its secrets, for each department
LONGEST_ADDRESS = 2_000


class HostedProvider(Provider):
    """Asked at `PAYMENT_PROVIDER`: an order is posted, the address of the page comes back."""

    key = "hosted"

    @property
    def origin(self) -> str:  # type: ignore[override]  # known only while it runs
        """The pages are where the orders go."""
        parts = urlsplit(settings.PAYMENT_PROVIDER)
        return f"{parts.scheme}://{parts.netloc}"

    def begin(self, order: Order) -> Begun:
        """Post the order, with its key against a repetition."""
        body = {
            "payment": order.key,
            "amount": str(order.amount),
            "currency": order.currency,
            "reference": order.reference,
            "title": order.title,
            "language": order.language,
            "return_address": order.return_address,
            "message_address": order.message_address,
        }
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Idempotency-Key": order.key,
            "Authorization": f"Bearer {secret(order.department, TOKEN)}",
        }
        answer = send(Call("POST", settings.PAYMENT_PROVIDER, headers, json.dumps(body).encode())).json()
        return self._begun(answer)

    def secret(self, department: str) -> str:
        """The secret of its messages."""
        return secret(department, MESSAGES)

    def _begun(self, answer: object) -> Begun:
        """The page must be one of the provider: nobody is sent anywhere else to pay."""
        address = answer.get("address") if isinstance(answer, dict) else None
        reference = answer.get("provider_reference", "") if isinstance(answer, dict) else ""
        if not isinstance(address, str) or not address.startswith(f"{self.origin}/"):
            raise CallFailed("unexpected_answer", again=False)
        if len(address) > LONGEST_ADDRESS or not isinstance(reference, str):
            raise CallFailed("unexpected_answer", again=False)
        return Begun(address, reference[:LONGEST_REFERENCE])
