"""A new key of the site does not take the second factors of its staff away."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from engine.departments.models import User
from portal.accounts.adapter import SecondFactorAdapter

pytestmark = pytest.mark.django_db


def test_second_factors_move_to_the_new_key_and_then_need_the_old_one_no_longer(
    clerk: User, settings: LazySettings
) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "first", []
    secret = generate_totp_secret()
    app, codes = TOTP.activate(clerk, secret).instance, RecoveryCodes.activate(clerk)
    printed = codes.get_unused_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert SecondFactorAdapter().decrypt(app.data["secret"]) == secret
    call_command("renew_second_factors")
    settings.SECRET_KEY_FALLBACKS = []
    app.refresh_from_db()
    assert SecondFactorAdapter().decrypt(app.data["secret"]) == secret
    kept = Authenticator.objects.get(pk=codes.instance.pk)
    assert RecoveryCodes(kept).get_unused_codes() == printed


def test_one_that_no_key_opens_is_named_and_left(
    clerk: User, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "first", []
    app = TOTP.activate(clerk, generate_totp_secret()).instance
    settings.SECRET_KEY = "second"
    with pytest.raises(CommandError, match="1 second factors could not be opened"):
        call_command("renew_second_factors")
    assert f"The second factor {app.pk} opens with no key" in capsys.readouterr().err
    assert Authenticator.objects.get(pk=app.pk).data == app.data
