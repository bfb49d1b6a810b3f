"""The database backend; Django looks for it under this name."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from portal.config import rotation


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is made with the newest secret, also in a process that began with another."""

    def get_connection_params(self) -> dict[str, Any]:
        """Asked once for each new connection; those that are open stay as they are."""
        rotation.look(now=True)
        return dict(super().get_connection_params())
