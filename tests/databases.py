"""A test's own database: its address, for programs that a test starts, and the connections to it."""

import os
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_made: WeakSet[BaseDatabaseWrapper] = WeakSet()


def address_of_this_database() -> str:
    """DATABASE_URL with the name of the database that this test uses; a socket stays in the query."""
    given = urlsplit(os.environ["DATABASE_URL"])
    return given._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def watch_connections() -> None:
    """Know every connection that this process makes from now on, in whichever thread or context."""
    connection_created.connect(_remember, dispatch_uid="tests.databases")


def _remember(connection: BaseDatabaseWrapper, **_: Any) -> None:
    _made.add(connection)


def forget_broken_connections() -> None:
    """After a test that ended them at the server: whoever kept one makes a new one."""
    for kept in _made:
        if not kept.in_atomic_block:
            kept.connection = None
