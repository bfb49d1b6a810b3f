"""The server that takes letters by SMTP, read from one address; part of the settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import environ

from portal.config.environment import address

DEFAULT = "smtp://localhost:25"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
NAMES = (
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
)


def server(env: environ.FileAwareEnv) -> tuple[Any, ...]:
    """What NAMES are called: smtp+tls:// begins in the open and turns to TLS, smtps:// begins with it."""
    found = urlsplit(address(env, "SMTP_URL", *PORTS, default=DEFAULT))
    return (
        found.hostname or "localhost",
        found.port or PORTS[found.scheme],
        unquote(found.username or ""),
        unquote(found.password or ""),
        found.scheme == "smtp+tls",
        found.scheme == "smtps",
    )
