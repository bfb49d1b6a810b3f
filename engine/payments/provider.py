"""What a payment provider is: it is told what is to be paid, gives a page for it, and says how it came out.

The provider says so in a message that is signed by the Standard Webhooks specification, because what a
browser brings back proves nothing.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Literal

from engine.calls.signatures import check_signature

Outcome = Literal["paid", "failed", "cancelled"]
OUTCOMES: tuple[Outcome, ...] = ("paid", "failed", "cancelled")
LONGEST_REFERENCE = 200


@dataclass(frozen=True)
class Order:
    """What is to be paid. The key is the same at every attempt to begin it, so that nobody pays twice."""

    key: str
    amount: Decimal
    currency: str
    department: str
    reference: str
    title: str
    language: str
    return_address: str
    message_address: str


@dataclass(frozen=True)
class Begun:
    """Where the person pays, and what the provider calls this payment."""

    address: str
    provider_reference: str


@dataclass(frozen=True)
class Said:
    """What the provider says about one payment."""

    message_id: str
    key: str
    outcome: Outcome
    amount: Decimal
    currency: str
    reference: str
    provider_reference: str


class NotReadable(Exception):
    """A message that is signed and does not say what was agreed."""


class Provider(ABC):
    """One provider; raises CallFailed where it cannot be reached."""

    key: ClassVar[str]
    origin: ClassVar[str] = ""  # of its pages, for the policy of ours that leads there

    @abstractmethod
    def begin(self, order: Order) -> Begun:
        """Tell the provider what is to be paid; the same key is one payment, however often it is asked."""

    @abstractmethod
    def secret(self, department: str) -> str:
        """The secret with which messages about payments to this department are signed."""

    def read(self, department: str, headers: Mapping[str, str], now_s: float, body: bytes) -> Said:
        """A message of the provider; raises NotSigned, SecretMissing or NotReadable."""
        message_id = check_signature(self.secret(department), headers, now_s, body)
        try:
            return _said(message_id, json.loads(body))
        except (ValueError, KeyError, TypeError, RecursionError, InvalidOperation):
            raise NotReadable from None


def _said(message_id: str, sent: Any) -> Said:
    outcome = sent["status"]
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    amount = Decimal(_text(sent["amount"]))
    if not amount.is_finite():
        raise ValueError(amount)
    return Said(
        message_id=message_id[:LONGEST_REFERENCE],
        key=_text(sent["payment"]),
        outcome=outcome,
        amount=amount,
        currency=_text(sent["currency"]),
        reference=_text(sent["reference"]),
        provider_reference=_text(sent.get("provider_reference", "")),
    )


def _text(given: Any) -> str:
    """A text that the database can keep; amounts come as texts too, because a double cannot hold them."""
    if not isinstance(given, str) or len(given) > LONGEST_REFERENCE or not given.isprintable():
        raise TypeError
    return given
