"""How often one person may ask for what is costly to make; counted in Redis, for a minute."""

from __future__ import annotations

import time

from django.core.cache import cache

from engine.departments.models import User

SECONDS = 60


def within_pace(user: User, what: str, most: int) -> bool:
    """Whether the person may have one more of these in this minute; it is counted."""
    name = f"designer:pace:{what}:{user.pk}:{int(time.time() // SECONDS)}"
    if cache.add(name, 1, 2 * SECONDS):
        return True
    return int(cache.incr(name)) <= most
