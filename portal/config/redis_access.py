"""How Redis is asked; a password that lies in a file is looked up anew for each new connection."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.conf import settings
from redis.credentials import CredentialProvider

from portal.config import rotation

HERE = f"{__name__}.NewestPassword"
# a Redis whose line is cut answers nothing at all: together less than a probe of /readyz waits (web.yaml)
PATIENCE = {"socket_connect_timeout": 2, "socket_timeout": 2}


class NewestPassword(CredentialProvider):
    """Asked by the client of Redis whenever it connects."""

    def get_credentials(self) -> tuple[str] | tuple[str, str]:
        """The name, where there is one, and the password that count now."""
        rotation.look(now=True)
        found = urlsplit(settings.REDIS_URL)
        password = unquote(found.password or "")
        return (unquote(found.username), password) if found.username else (password,)


def cache(env: environ.FileAwareEnv) -> dict[str, Any]:
    """Address and options of the cache."""
    address = str(env.str("REDIS_URL"))
    if not _is_rotated(address):
        return {"LOCATION": address, "OPTIONS": PATIENCE}
    options = {**PATIENCE, "credential_provider": NewestPassword()}
    return {"LOCATION": _without_password(address), "OPTIONS": options}


def broker(env: environ.FileAwareEnv) -> str:
    """The address of the broker."""
    address = str(env.str("REDIS_URL"))
    if not _is_rotated(address):
        return address
    bare = _without_password(address)
    return f"{bare}{'&' if '?' in bare else '?'}credential_provider={HERE}"


def _is_rotated(address: str) -> bool:
    return "REDIS_URL_FILE" in os.environ and urlsplit(address).password is not None


def _without_password(address: str) -> str:
    parts = urlsplit(address.strip())
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
