"""One of several may do a thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from portal.config import lease
from portal.config.lease import Lease

pytestmark = pytest.mark.django_db
NUMBER = 4711


@pytest.fixture
def two() -> Iterator[tuple[Lease, Lease]]:
    found = Lease(NUMBER), Lease(NUMBER)
    yield found
    for each in found:
        each.let_go()


def sessions(state: str) -> list[int]:
    """The processes of the server that hold the lock, in this state."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.objid = %s AND l.granted AND a.state = %s"
            " AND a.datname = current_database() AND a.backend_xmin IS NULL AND a.backend_xid IS NULL",
            [NUMBER, state],
        )
        return [pid for (pid,) in cursor.fetchall()]


def test_one_holds_it_and_goes_on_holding_it(two: tuple[Lease, Lease]) -> None:
    first, second = two
    assert [first.is_held(), second.is_held(), first.is_held(), second.is_held()] == [True, False] * 2
    assert len(sessions("idle in transaction")) == 1  # a pooler leaves it alone, and it holds nothing back


def test_who_lets_go_is_followed_at_once(two: tuple[Lease, Lease]) -> None:
    first, second = two
    assert first.is_held()
    first.let_go()
    assert [second.is_held(), first.is_held()] == [True, False]


def test_who_lost_its_connection_lost_the_lease_and_may_ask_again(two: tuple[Lease, Lease]) -> None:
    first, second = two
    assert first.is_held()
    [pid] = sessions("idle in transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert second.is_held()
    assert [first.is_held(), first.is_held()] == [False, False]
    second.let_go()
    assert first.is_held()


def test_who_says_nothing_any_more_is_let_go_by_the_server(
    two: tuple[Lease, Lease], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "SILENT_S", 1)
    first, second = two
    assert first.is_held()
    while not second.is_held():  # the limit of the test run is the limit of the wait
        pass
    assert not first.is_held()
