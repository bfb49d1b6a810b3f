"""The provider of the demonstration: a page of our own with three buttons. No money moves anywhere."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer

from engine.calls.signatures import signed_headers
from engine.payments.provider import Begun, Order, Outcome, Provider

PATH = "/pretend-payment/"
_SIGNER = Signer(salt="engine.payments.pretended")


class PretendedProvider(Provider):
    """Keeps nothing: what is to be paid travels, signed, in the address of its page."""

    key = "pretend"

    def begin(self, order: Order) -> Begun:
        """The page with the three buttons."""
        told = {
            "payment": order.key,
            "amount": str(order.amount),
            "currency": order.currency,
            "reference": order.reference,
            "department": order.department,
            "title": order.title,
            "back": order.return_address,
        }
        page = _SIGNER.sign_object(told, compress=True)
        return Begun(f"{settings.PUBLIC_ADDRESS}{PATH}?for={page}", f"pretended-{order.key[:8]}")

    def secret(self, department: str) -> str:
        """One for each department, made of the secret of the installation."""
        words = f"pretended payments to {department}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


def order_on_page(page: str) -> dict[str, str] | None:
    """What the page is about; None for an address that was made up."""
    try:
        told: dict[str, str] = _SIGNER.unsign_object(page)
    except (BadSignature, ValueError):
        return None
    return told


def signed_message(told: dict[str, Any], outcome: Outcome, now_s: int) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the message that says how it came out."""
    said = {name: told[name] for name in ("payment", "amount", "currency", "reference")}
    provider_reference = f"pretended-{told['payment'][:8]}"
    body = json.dumps({**said, "status": outcome, "provider_reference": provider_reference}).encode()
    secret = PretendedProvider().secret(told["department"])
    return signed_headers(secret, f"{told['payment']}-{outcome}", now_s, body), body
