"""What `manage.py check --deploy` says about the keys of sensitive answers, and about pretended payments."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt

from engine.payments.configured import PRETEND
from workflows.sealed_fields import ring

NO_KEY = Error(
    "FIELD_KEYS is not set, so no sensitive answer can be kept and no service that asks for one published.",
    hint="Print a key with `manage.py reseal_answers --new-key NAME` and mount it as FIELD_KEYS_FILE.",
    id="workflows.E001",
)
DEBUG_KEY = Doubt(
    "Sensitive answers are sealed with a key that was made of SECRET_KEY.",
    hint="Set FIELD_KEYS, put this key behind the new one, and run `manage.py reseal_answers`.",
    id="workflows.W002",
)

PRETENDED = Error(
    "PAYMENT_PROVIDER is the pretended one: whoever applies can say that a fee is paid.",
    hint="Name the address that takes the orders of a real provider; without one no payment can be begun.",
    id="workflows.E003",
)


def field_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A missing key, or one that only serves while developing."""
    if not ring():
        return [NO_KEY]
    return [DEBUG_KEY] if ring().current == settings.DEBUG_FIELD_KEY else []


def real_payments(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The provider of the demonstration, which moves no money."""
    return [PRETENDED] if settings.PAYMENT_PROVIDER == PRETEND else []
