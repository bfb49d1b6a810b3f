"""The environment of the demonstration's product; what must stay secret is made once and kept."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from deploy.embedded.account import Account
from deploy.embedded.servers import ROOT

DEMO = ROOT / ".data" / "demo"
STATIC = ROOT / ".data" / "static"


def product_environment(data: Path, account: Account) -> dict[str, str]:
    """What the caller does not set itself; folders and secret are made where they are missing."""
    folders = {name: account.private_folder(data / name) for name in ("documents", "media", "mail", "home")}
    settings = {
        "SECRET_KEY_FILE": _secret(data / "secret_key", account, secrets.token_urlsafe(50)),
        "FIELD_KEYS_FILE": _secret(data / "field_keys", account, field_key("demo")),
        "NAS_FOLDER": str(folders["documents"]),
        "MEDIA_ROOT": str(folders["media"]),
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FOLDER": str(folders["mail"]),
        "SMS_GATEWAY": f"folder:{folders['mail']}/sms",
        "PAYMENT_PROVIDER": "pretend",  # says on its page that no money moves
        "STAFF_SECOND_FACTOR": "false",  # nobody would have an authenticator for these accounts
        "STATIC_ROOT": str(STATIC),
        **signing_files(data / "signing"),
    }
    env = {
        "DJANGO_SETTINGS_MODULE": "portal.config.settings",
        "HOME": str(folders["home"]),
        "PYTHONUNBUFFERED": "1",
        **{name: value for name, value in settings.items() if not _is_given(name)},
    }
    if account.is_other_user:  # it may not write beside the sources
        env["PYTHONPYCACHEPREFIX"] = str(account.private_folder(data / "bytecode"))
    return env


def _secret(path: Path, account: Account, fresh: str) -> str:
    """The file of a secret; what is there already stays."""
    if not path.exists():
        account.private_file(path, fresh)
    account.own(path)
    return str(path)


def field_key(name: str) -> str:
    """A key for sensitive answers, as FIELD_KEYS takes it."""
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _is_given(name: str) -> bool:
    """Whether the caller sets it, itself or as the name of a file."""
    return name in os.environ or name.removesuffix("_FILE") in os.environ


def signing_files(folder: Path) -> dict[str, str]:
    """The key that signs certificates; settings refuse the name of a file that is not there."""
    names = {
        "CERTIFICATE_KEY_FILE": folder / "certificate-key.pem",
        "CERTIFICATE_CHAIN_FILE": folder / "certificate-chain.pem",
    }
    return {name: str(path) for name, path in names.items() if path.exists()}


def as_saved(data: Path) -> Path:
    """Where a running demonstration keeps its environment, for ./run manage."""
    return data / "environment.json"


def save(data: Path, env: Mapping[str, str]) -> None:
    """Keeps what this start added to the caller's environment; the passwords in it are for the owner only."""
    added = {name: value for name, value in env.items() if os.environ.get(name) != value}
    path = as_saved(data)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(added, out, indent=1)
