"""The database backend; Django looks for it under this name."""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from portal.config import rotation


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is made with the newest secret, also in a process that began with another."""

    health_check_enabled: bool
    health_check_done: bool

    def get_connection_params(self) -> dict[str, Any]:
        """Asked once for each new connection; those that are open stay as they are."""
        rotation.look(now=True)
        return dict(super().get_connection_params())

    def close_if_health_check_failed(self) -> None:
        """Ask the server whether it is still there only where something came from it while nobody asked.

        A server that ends, and whoever ends a connection, says so or closes it, and both can be seen
        here. One that is cut off without a word would not answer the question either.
        """
        if self.health_check_enabled and not self.health_check_done and _is_silent(self.connection):
            self.health_check_done = True
        super().close_if_health_check_failed()


def _is_silent(opened: psycopg.Connection[Any] | None) -> bool:
    """Whether the connection is open and nothing waits to be read from it."""
    if opened is None or opened.closed or opened.broken:
        return False
    look = select.poll()
    look.register(opened.fileno(), select.POLLIN | select.POLLRDHUP)
    return not look.poll(0)
