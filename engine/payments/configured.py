"""The provider that this installation pays through."""

from __future__ import annotations

from django.conf import settings

from engine.payments.hosted import HostedProvider
from engine.payments.pretended import PretendedProvider
from engine.payments.provider import Provider

PRETEND = PretendedProvider.key


class NoProvider(Exception):
    """This installation takes no payments."""

    code = "no_provider"


def provider() -> Provider:
    """The one that PAYMENT_PROVIDER names: "pretend", or the address of one with pages of its own."""
    if settings.PAYMENT_PROVIDER == PRETEND:
        return PretendedProvider()
    if settings.PAYMENT_PROVIDER:
        return HostedProvider()
    raise NoProvider
