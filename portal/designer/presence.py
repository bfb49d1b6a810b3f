"""Who else works at a service right now; kept in Redis for a minute, and nowhere else."""

from __future__ import annotations

import time
from typing import Any

from django.core.cache import cache

from engine.departments.models import User
from workflows.models import Service

SECONDS = 60
LONGEST = 120  # characters of a place


def note_presence(service: Service, user: User, where: str) -> list[dict[str, Any]]:
    """Note where a person is, and say who else is there."""
    name = f"designer:presence:{service.pk}"
    now = time.time()
    known: dict[int, Any] = cache.get(name) or {}
    known = {key: one for key, one in known.items() if one["seen"] > now - SECONDS}
    known[user.pk] = {"name": user.get_full_name(), "where": where[:LONGEST], "seen": now}
    cache.set(name, known, SECONDS)
    return [
        {"name": one["name"], "initials": initials(one["name"]), "where": one["where"]}
        for key, one in known.items()
        if key != user.pk
    ]


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
