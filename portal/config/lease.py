"""One of several processes may do a thing: who holds a lock of the database, which ends with its holder."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)
# a holder whose machine is gone cannot say so: the server lets go of it when nothing was asked for so long
SILENT_S = 30


class Lease:
    """Held in one transaction on a connection of its own, so that a pooler cannot give it to somebody else.

    Such a transaction has read nothing and written nothing: it holds back no clean-up of the database.
    """

    def __init__(self, number: int) -> None:
        """Asks nothing yet; the number names the thing in the whole database."""
        self._number, self._held = number, False
        self._line: BaseDatabaseWrapper | None = None

    def is_held(self) -> bool:
        """Take it where it is free; who has it must ask again within half a minute, or loses it."""
        try:
            held = self._still() if self._held else self._take()
        except Error as problem:
            logger.warning("the lease cannot be asked for (%s)", type(problem).__name__)
            self.let_go()
            return False
        if held != self._held:
            logger.warning("the lease is %s", "taken" if held else "lost")
        self._held = held
        return held

    def let_go(self) -> None:
        """Another may take it at once."""
        if self._line is not None:
            with suppress(Error):
                self._line.rollback()  # answered when the lock is free; a close alone is noticed later
            self._line.close()
        self._line, self._held = None, False

    def _take(self) -> bool:
        if self._line is None:
            self._line = connections.create_connection(DEFAULT_DB_ALIAS)
            self._line.set_autocommit(False)
        with self._line.cursor() as cursor:
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{SILENT_S}s'")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [self._number])
            taken = bool(cursor.fetchone()[0])
        if not taken:
            self._line.rollback()
        return taken

    def _still(self) -> bool:
        """The connection on which it was taken answers, so the transaction goes on."""
        if self._line is None:
            return False
        with self._line.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
