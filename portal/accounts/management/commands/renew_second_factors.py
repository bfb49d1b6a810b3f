"""Changes the key of second factors."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.adapter import SecondFactorAdapter

SEALED = ("secret", "seed")  # of an app, of recovery codes


class Command(BaseCommand):
    """``manage.py renew_second_factors``: before an old line of SECRET_KEY is taken away."""

    help = (
        "Encrypts the secret of every second factor under the first key of SECRET_KEY. Afterwards the keys "
        "below it are needed only by sessions and links that were made with them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """All of them, each by itself; what no key opens is named and stays as it is."""
        adapter, lost, renewed = SecondFactorAdapter(), 0, 0
        for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
            try:
                renewed += _renew(adapter, number)
            except InvalidToken:
                lost += 1
                self.stderr.write(f"The second factor {number} opens with no key of SECRET_KEY.")
        self.stdout.write(f"{renewed} second factors renewed.")
        if lost:
            raise CommandError(f"{lost} second factors could not be opened and stay as they are.")


@transaction.atomic
def _renew(adapter: SecondFactorAdapter, number: int) -> int:
    factor = Authenticator.objects.select_for_update().filter(pk=number).first()
    sealed = [name for name in SEALED if factor and name in factor.data]
    for name in sealed:
        factor.data[name] = adapter.renewed(factor.data[name])
    if sealed:
        factor.save(update_fields=["data"])
    return len(sealed)
