"""A connection that is kept from one request to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from psycopg import Connection

from portal.config.postgresql.base import DatabaseWrapper


@pytest.fixture
def kept(transactional_db: None) -> Iterator[DatabaseWrapper]:
    """One that served a request, as the next request finds it."""
    wrapper = DatabaseWrapper({**connection.settings_dict, "CONN_HEALTH_CHECKS": True}, alias="kept")
    ask(wrapper)
    wrapper.close_if_unusable_or_obsolete()
    yield wrapper
    wrapper.close()


def ask(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
        return found


def test_the_next_request_asks_nothing_of_a_connection_that_is_silent(
    kept: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = kept.connection, []
    monkeypatch.setattr(DatabaseWrapper, "is_usable", lambda self: asked.append(self) or True)
    ask(kept)
    assert (kept.connection, asked) == (before, [])


def test_one_that_the_server_has_ended_is_made_anew_before_anything_is_asked(kept: DatabaseWrapper) -> None:
    number = ask(kept)
    kept.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    assert ask(kept) != number


def test_one_that_was_closed_here_is_made_anew(kept: DatabaseWrapper) -> None:
    opened: Connection[tuple[object, ...]] = kept.connection
    opened.close()
    ask(kept)
    assert kept.connection is not opened


def test_what_the_server_says_unasked_is_read_and_the_connection_stays(kept: DatabaseWrapper) -> None:
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
    before = kept.connection
    kept.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
    assert ask(kept) > 0
    assert kept.connection is before
