"""The server that takes letters."""

from __future__ import annotations

from typing import Any

import environ
import pytest
from django.core import mail as letters
from django.core.exceptions import ImproperlyConfigured

from portal.config import mail


def told(address: str | None) -> dict[str, Any]:
    env = environ.FileAwareEnv()
    env.ENVIRON = {} if address is None else {"SMTP_URL": address}
    return dict(zip(mail.NAMES, mail.server(env), strict=True))


def test_without_an_address_letters_go_to_this_machine() -> None:
    assert (told(None)["EMAIL_HOST"], told(None)["EMAIL_PORT"]) == ("localhost", 25)


@pytest.mark.parametrize(
    ("address", "port", "turns_to_tls", "begins_with_tls"),
    [
        ("smtp+tls://me:p%40ss@mail.example.gov", 587, True, False),
        ("smtps://me:p%40ss@mail.example.gov", 465, False, True),
        ("smtp://me:p%40ss@mail.example.gov:2525", 2525, False, False),
    ],
)
def test_an_address_says_where_who_and_how(
    address: str, port: int, turns_to_tls: bool, begins_with_tls: bool, settings: Any
) -> None:
    for name, value in told(address).items():
        setattr(settings, name, value)
    backend: Any = letters.get_connection("django.core.mail.backends.smtp.EmailBackend")
    assert (backend.host, backend.port) == ("mail.example.gov", port)
    assert (backend.username, backend.password) == ("me", "p@ss")
    assert (backend.use_tls, backend.use_ssl) == (turns_to_tls, begins_with_tls)


def test_another_kind_of_address_is_refused_without_its_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        told("http://me:hidden@mail.example.gov")
    assert str(refused.value) == "SMTP_URL must be an address that begins with smtp://."
