"""The database as the environment names it, also behind a pooler."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import environ
import pytest
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper

from deploy.embedded.redis import free_port
from deploy.embedded.servers import account_for
from portal.config.database import configured
from tests.house import ROOT

SETTINGS = ROOT / "deploy/kubernetes/components/pgbouncer/pgbouncer.ini"
PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
CLIENTS, POOL = 24, 3


def given(**values: str) -> dict[str, Any]:
    env = environ.FileAwareEnv()
    address = "postgres://me@/caseway?host=/a,/b&target_session_attrs=read-write"
    env.ENVIRON = {"DATABASE_URL": address, **values}
    return configured(env)


def test_several_servers_are_tried_and_limits_go_with_the_session() -> None:
    found = given()
    assert (found["HOST"], found["OPTIONS"]["target_session_attrs"]) == ("/a,/b", "read-write")
    assert found["OPTIONS"]["options"] == "-c lock_timeout=10s -c statement_timeout=60s"
    assert found["OPTIONS"]["prepare_threshold"] is None


def test_behind_a_pooler_nothing_outlives_its_transaction() -> None:
    found = given(DATABASE_POOLED="true")
    assert "options" not in found["OPTIONS"]  # a pooler refuses it, and sets the limits itself
    assert found["OPTIONS"]["prepare_threshold"] is None
    assert found["DISABLE_SERVER_SIDE_CURSORS"]


@pytest.fixture
def pooler(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The settings that are shipped, on loopback and with a small pool."""
    if PGBOUNCER is None:
        pytest.skip("pgbouncer is not on this machine (Debian: pgbouncer)")
    port = free_port()
    account = account_for(ROOT / ".data")
    folder = account.private_folder(ROOT / ".data" / f"pgbouncer-{port}")
    with (folder / "pgbouncer.ini").open("w") as file:
        on_loopback(port).write(file)
    account.own(folder)
    command = account.command(PGBOUNCER, str(folder / "pgbouncer.ini"))
    program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        assert program.poll() is None
        yield port
    finally:
        program.terminate()
        program.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def on_loopback(port: int) -> configparser.ConfigParser:
    """What is shipped, but for the addresses, the passwords and the size of the pool."""
    server, shipped = connection.settings_dict, configparser.ConfigParser(interpolation=None)
    shipped.read(SETTINGS)
    limits = shipped["databases"]["caseway"].partition("connect_query=")[2]
    place = f"host={server['HOST']} dbname={server['NAME']} user={server['USER']}"
    shipped["databases"]["caseway"] = f"{place} connect_query={limits}"
    own = {"listen_addr": "127.0.0.1", "listen_port": str(port), "auth_type": "any", "unix_socket_dir": ""}
    shipped["pgbouncer"].update({**own, "default_pool_size": str(POOL), "server_tls_sslmode": "disable"})
    del shipped["pgbouncer"]["auth_file"]
    return shipped


def asked_by_many(port: int, *, pooled: str = "true") -> list[int]:
    """Clients that each ask the same several times, each time in a transaction of its own."""
    own = given(DATABASE_POOLED=pooled, DATABASE_URL=f"postgres://anybody@127.0.0.1:{port}/caseway")
    known = {**connection.settings_dict, **own}

    def client(number: int) -> int:
        wrapper, total = DatabaseWrapper(known, alias="pooled"), 0
        try:
            for turn in range(12):
                with wrapper.cursor() as cursor:
                    cursor.execute("SELECT %s + %s, pg_sleep(0.002)", [number, turn])
                    total += cursor.fetchone()[0]
            with wrapper.cursor() as cursor:
                cursor.execute("SHOW lock_timeout")
                assert cursor.fetchone() == ("10s",)
            return total
        finally:
            wrapper.close()

    with ThreadPoolExecutor(CLIENTS) as many:
        return list(many.map(client, range(CLIENTS)))


def test_more_clients_than_connections_are_served_and_keep_their_limits(pooler: int) -> None:
    assert asked_by_many(pooler) == [12 * number + 66 for number in range(CLIENTS)]
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {others}")
        assert 1 <= cursor.fetchone()[0] <= POOL
    with pytest.raises(OperationalError, match="options"):  # without the setting it is refused at once
        asked_by_many(pooler, pooled="false")
