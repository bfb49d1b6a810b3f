"""Settings that take one of a few words; any other is refused at the start."""

from __future__ import annotations

import environ
from django.core.exceptions import ImproperlyConfigured


def one_of(env: environ.FileAwareEnv, name: str, *words: str) -> str:
    """The word that the environment gives, the first when it gives none."""
    value = str(env.str(name, default=words[0]))
    if value not in words:
        known = ", ".join(f'"{word}"' for word in words)
        raise ImproperlyConfigured(f"{name} must be one of {known}.")
    return value
