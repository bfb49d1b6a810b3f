"""Sessions in the database, each read by one statement that is put together once.

Every request of somebody who is signed in reads one. Redis is not asked: nobody is signed out, and nobody who
has signed out is let in again, when it goes away or comes back with what it knew before.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

READ = "SELECT session_data FROM django_session WHERE session_key=%s AND expire_date>%s"


class SessionStore(db.SessionStore):
    """Django's own sessions in the database."""

    def load(self) -> dict[str, Any]:
        """What the session holds; one that is unknown or has ended gets another key."""
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found
