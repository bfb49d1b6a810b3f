"""Secrets by name, read from mounted files at each use: a changed secret counts without a restart."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[a-z][a-z0-9_-]{0,79}")
MOST_BYTES = 16 * 1024


class SecretMissing(Exception):
    """There is no secret of this name for this department; the text names it, never its value."""

    code = "no_secret"


def secret(department_key: str, name: str) -> str:
    """The secret of a department: the text of the file `<department>.<name>` in CALL_SECRETS_FOLDER.

    A department reaches its own secrets only. Raises SecretMissing.
    """
    file = _file(department_key, name)
    try:
        if file is not None and file.stat().st_size <= MOST_BYTES and (found := file.read_text().strip()):
            return found
    except (OSError, UnicodeError):
        pass
    raise SecretMissing(f"{department_key}.{name}")


def has_secret(department_key: str, name: str) -> bool:
    """Whether there is one, for checks before something is published."""
    try:
        return bool(secret(department_key, name))
    except SecretMissing:
        return False


def _file(department_key: str, name: str) -> Path | None:
    folder = settings.CALL_SECRETS_FOLDER
    if not folder or not NAME.fullmatch(department_key) or not NAME.fullmatch(name):
        return None
    return Path(folder) / f"{department_key}.{name}"
