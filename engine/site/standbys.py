"""What of the database has reached its standbys."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection

BETWEEN_LOOKS_S = 1.0
_STANDS_BY = "SELECT pg_is_in_recovery()"
_WRITTEN = "SELECT pg_current_wal_lsn()"
# who copies the database for a backup follows nobody; who may not see the state of a standby gets nulls
_MISSING = (
    "SELECT coalesce(application_name, ''), pg_wal_lsn_diff(%s, replay_lsn)::bigint FROM pg_stat_replication"
    " WHERE application_name IS DISTINCT FROM 'pg_basebackup' ORDER BY 1"
)


class NotAPrimary(Exception):
    """The database stands by itself: nobody follows it."""


@dataclass(frozen=True)
class Standby:
    """One server that follows, and what it has not replayed yet: nothing known where it may not be seen."""

    name: str
    missing_bytes: int | None

    @property
    def has_everything(self) -> bool:
        """Whether it has replayed all that was asked about."""
        return self.missing_bytes is not None and self.missing_bytes <= 0


def written_to() -> str:
    """The place in the log of the database up to which it has written by now."""
    if _one(_STANDS_BY) is True:
        raise NotAPrimary
    return str(_one(_WRITTEN))


def standbys(place: str) -> list[Standby]:
    """Every server that follows, and how far it is from this place of the log."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [place])
        return [Standby(str(name), missing) for name, missing in cursor.fetchall()]


def wait_for(place: str, seconds: float) -> list[Standby]:
    """Wait until all of them have replayed that place, or for so long; gives what they lack then."""
    until = time.monotonic() + seconds
    while True:
        found = standbys(place)
        if (found and all(each.has_everything for each in found)) or time.monotonic() >= until:
            return found
        time.sleep(BETWEEN_LOOKS_S)


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        [(answer,)] = cursor.fetchall()
        return answer
