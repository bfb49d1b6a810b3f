"""The key that cookies and links are signed with, and those before it that are still believed."""

from __future__ import annotations

import environ
from django.core.exceptions import ImproperlyConfigured


def signing_keys(env: environ.FileAwareEnv) -> list[str]:
    """SECRET_KEY holds one key in each line: the first signs, all are believed."""
    keys = [line.strip() for line in str(env.str("SECRET_KEY")).splitlines() if line.strip()]
    if not keys:
        raise ImproperlyConfigured("SECRET_KEY is empty.")
    return keys
