"""Why this site is read only now, if it is: each process asks the database at most every two seconds."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from psycopg.errors import ReadOnlySqlTransaction

READ_ONLY = "read-only"
LOOK_EVERY_S = 2.0
DEEPEST_CAUSE = 10
_LOOK = "SELECT pg_is_in_recovery(), EXISTS (SELECT 1 FROM site_switch WHERE is_read_only)"
logger = logging.getLogger(__name__)


class Why(StrEnum):
    """What makes the site read only."""

    SETTING = "the setting SITE_MODE"
    SWITCH = "the switch"
    STANDBY = "the database, which stands by"


@dataclass
class _Known:
    """What the last look came to, and until when it counts."""

    why: Why | None = None
    until: float = 0.0


_known = _Known()


def is_read_only() -> bool:
    """Whether nothing may be written now."""
    return why_read_only() is not None


def why_read_only() -> Why | None:
    """What makes the site read only, none when nothing does."""
    if settings.SITE_MODE == READ_ONLY:
        return Why.SETTING
    if time.monotonic() >= _known.until:
        _known.why = _look()
        _known.until = time.monotonic() + LOOK_EVERY_S
    return _known.why


def forget() -> None:
    """Look again at the next question."""
    _known.until = 0.0


def was_refused(problem: BaseException | None) -> bool:
    """Whether this problem was caused by a database that can only be read; the next question looks again."""
    for _depth in range(DEEPEST_CAUSE):
        if problem is None:
            return False
        if isinstance(problem, ReadOnlySqlTransaction):
            forget()
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _look() -> Why | None:
    """A database that does not answer changes nothing: whoever needs it next says that it is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_LOOK)
            found = cursor.fetchone()
    except (DatabaseError, InterfaceError):
        return _known.why
    stands_by, switched = found or (False, False)
    if stands_by:
        return Why.STANDBY
    return Why.SWITCH if switched else None
