"""Secrets that are mounted as files are read again when they change; no process is started anew for it.

A cluster writes a rotated secret into the file that NAME_FILE names. The web server looks before a request, a
worker before a task, each at most every two seconds, and a new connection to PostgreSQL or Redis looks by
itself. What cannot be read changes nothing: the secret before goes on counting, the log and /readyz name it.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import environ
from django.conf import settings
from django.db import connections
from environ.fileaware_mapping import FileAwareMapping

from engine.core.sealing import key_ring
from engine.documents.signing import load_key
from portal.config import database, mail, stores
from portal.config.environment import Environment, address
from portal.config.signing_keys import signing_keys

LOOK_EVERY_S = 2.0
WHO_AND_WHERE = ("USER", "PASSWORD", "HOST", "PORT")
STORE_KEYS = ("access_key", "secret_key")
log = logging.getLogger(__name__)


class _FreshEnv(Environment):
    """Reads each file at each question."""

    ENVIRON = FileAwareMapping(cache=False)


def _signing(env: environ.FileAwareEnv) -> dict[str, Any]:
    first, *others = signing_keys(env)
    return {"SECRET_KEY": first, "SECRET_KEY_FALLBACKS": others}


def _sealing(env: environ.FileAwareEnv) -> dict[str, Any]:
    ring = env.str("FIELD_KEYS")
    key_ring(ring)  # nonsense is refused
    return {"FIELD_KEYS": ring}


def _certificates(env: environ.FileAwareEnv) -> dict[str, Any]:
    key, chain = env.str("CERTIFICATE_KEY", default=""), env.str("CERTIFICATE_CHAIN", default="")
    if key or chain:
        load_key(key, chain)  # a key beside the certificate of another is refused
    trust = env.str("CERTIFICATE_TRUST", default="")
    return {"CERTIFICATE_KEY": key, "CERTIFICATE_CHAIN": chain, "CERTIFICATE_TRUST": trust}


def _stores(env: environ.FileAwareEnv) -> dict[str, Any]:
    found = stores.configured(env, Path())
    keys = {
        name: {word: store[word] for word in STORE_KEYS if word in store} for name, store in found.items()
    }
    return {
        "DOCUMENT_STORES": {
            name: store | keys.get(name, {}) for name, store in settings.DOCUMENT_STORES.items()
        }
    }


def _database(env: environ.FileAwareEnv) -> dict[str, Any]:
    """Who asks where and with which password; the name of the database stays until a new process."""
    found = database.configured(env)
    connections.settings["default"].update({name: found[name] for name in WHO_AND_WHERE})
    return {}


GROUPS: Mapping[tuple[str, ...], Callable[[environ.FileAwareEnv], dict[str, Any]]] = {
    ("SECRET_KEY",): _signing,
    ("FIELD_KEYS",): _sealing,
    ("CERTIFICATE_KEY", "CERTIFICATE_CHAIN", "CERTIFICATE_TRUST"): _certificates,
    ("ANYMAIL",): lambda env: {"ANYMAIL": env.json("ANYMAIL")},
    ("SMTP_URL",): lambda env: dict(zip(mail.NAMES, mail.server(env), strict=True)),
    ("S3_ACCESS_KEY", "S3_SECRET_KEY", "REPLICA_S3_ACCESS_KEY", "REPLICA_S3_SECRET_KEY"): _stores,
    ("REDIS_URL",): lambda env: {"REDIS_URL": address(env, "REDIS_URL", "redis", "rediss")},
    ("DATABASE_URL",): _database,
}


@dataclass
class _Known:
    """What the files looked like at the last look, and which secrets could not be read."""

    stamps: dict[tuple[str, ...], tuple[object, ...]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_known = _Known()


def look(*, now: bool = False, **_of_a_signal: object) -> None:
    """Take what the files say by now, if they changed since the last look."""
    if not now and time.monotonic() < _known.until:
        return
    with _known.lock:
        _known.until = time.monotonic() + LOOK_EVERY_S
        for names, reader in GROUPS.items():
            mounted = {name: path for name in names if (path := os.environ.get(f"{name}_FILE"))}
            stamps = tuple(_stamp(path) for path in mounted.values())
            if mounted and stamps != _known.stamps.get(names):
                _known.stamps[names] = stamps
                _take(", ".join(mounted), reader)


def unreadable() -> list[str]:
    """The secrets whose files hold something that cannot be used."""
    return sorted(_known.unreadable)


def _take(names: str, reader: Callable[[environ.FileAwareEnv], dict[str, Any]]) -> None:
    try:
        found = reader(_FreshEnv())
    except Exception as error:  # whatever it is: what counted before goes on
        _known.unreadable.add(names)
        log.error(
            "%s cannot be read again (%s); the secret before is still used", names, type(error).__name__
        )
        return
    _known.unreadable.discard(names)
    for name, value in found.items():
        setattr(settings, name, value)


def _stamp(path: str) -> object:
    """What changes when a file is written or another one is put in its place."""
    try:
        seen = Path(path).stat()
    except OSError as error:
        return type(error).__name__
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
