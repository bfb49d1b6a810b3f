"""Keys that stand in letters: long enough that nobody guesses them, and known here by their hash only."""

from __future__ import annotations

import hashlib
import secrets

LONGEST = 100  # more of what was given is not looked at


def new_key() -> tuple[str, str]:
    """A key for a letter, and the hash under which it is kept."""
    key = secrets.token_urlsafe(24)
    return key, hash_of(key)


def hash_of(key: str) -> str:
    """Under what a key is kept."""
    return hashlib.sha256(key[:LONGEST].encode("utf-8", "replace")).hexdigest()
