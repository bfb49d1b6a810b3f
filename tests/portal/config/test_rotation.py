"""Secrets that are replaced while the process runs: PostgreSQL, Redis, what is signed and what is sealed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import environ
import psycopg
import pytest
import redis
from django.conf import LazySettings
from django.core.cache.backends.redis import RedisCache
from django.db import OperationalError, connection, connections
from django.test import Client
from kombu import Connection

from engine.core.sealing import new_key
from engine.departments.models import User
from engine.documents.signing import held_key
from engine.documents.signing_authority import make_signing_files
from portal.config import redis_access, rotation
from portal.config.outages import refuses_the_secret
from portal.config.postgresql.base import DatabaseWrapper
from tests.databases import address_of_this_database
from tests.deploy.image.test_role import free_port, read, start, wait_for

Mount = Callable[..., None]


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Mount:
    """Puts secrets where a cluster puts them: each into a file that takes the place of the one before."""
    monkeypatch.setattr(rotation, "_known", rotation._Known())
    settings.SECRET_KEY = settings.SECRET_KEY  # what the process takes over is given back after the test

    def put(**secrets: str) -> None:
        for name, text in secrets.items():
            fresh = tmp_path / f"..{name}"
            fresh.write_text(text)
            fresh.replace(tmp_path / name)
            monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))

    return put


# --- PostgreSQL
@pytest.fixture
def administrator(db: None) -> Iterator[psycopg.Connection]:
    """A role of its own, `rotating`, which this server asks for its password."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as found:
        hba = Path(found.execute("SHOW hba_file").fetchone()[0])  # type: ignore[index]
        if not hba.exists():
            pytest.skip("this server is not ours: its rules of access cannot be changed")
        rules = hba.read_text()
        hba.write_text(f"local all rotating scram-sha-256\nhost all rotating all scram-sha-256\n{rules}")
        found.execute("SELECT pg_reload_conf()")
        found.execute("CREATE ROLE rotating LOGIN PASSWORD 'first'")
        try:
            yield found
        finally:
            hba.write_text(rules)
            found.execute("SELECT pg_reload_conf()")
            found.execute("DROP ROLE rotating")


def with_password(password: str) -> str:
    """The address of this database for the role and a password."""
    given = urlsplit(address_of_this_database())
    place = given.netloc.rpartition("@")[2]
    return given._replace(netloc=f"rotating:{password}@{place}").geturl()


@pytest.fixture
def database(
    administrator: psycopg.Connection, mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DatabaseWrapper]:
    for name in rotation.WHO_AND_WHERE:
        monkeypatch.setitem(connections.settings["default"], name, connections.settings["default"][name])
    mount(DATABASE_URL=with_password("first"))
    wrapper = DatabaseWrapper(connections.settings["default"], "default")
    yield wrapper
    wrapper.close()


def who_asks(database: DatabaseWrapper) -> str:
    with database.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def test_a_new_password_of_the_database_counts_for_the_next_connection(
    database: DatabaseWrapper, administrator: psycopg.Connection, mount: Mount
) -> None:
    assert who_asks(database) == "rotating"
    administrator.execute("ALTER ROLE rotating PASSWORD 'second'")
    mount(DATABASE_URL=with_password("second"))
    assert who_asks(database) == "rotating"  # what is open stays open
    database.close()
    assert who_asks(database) == "rotating"


def test_a_password_that_is_revoked_is_told_from_a_server_that_is_away(
    database: DatabaseWrapper, administrator: psycopg.Connection, mount: Mount
) -> None:
    administrator.execute("ALTER ROLE rotating PASSWORD 'second'")  # and nobody has told us
    with pytest.raises(OperationalError) as refused:
        who_asks(database)
    assert refuses_the_secret(refused.value)
    mount(DATABASE_URL=with_password("second"))
    assert who_asks(database) == "rotating"
    database.close()
    administrator.execute("ALTER ROLE rotating NOLOGIN")
    with pytest.raises(OperationalError) as shut_out:
        who_asks(database)
    assert refuses_the_secret(shut_out.value)
    assert not refuses_the_secret(OperationalError("connection refused"))


# --- Redis
@pytest.fixture
def keeper(settings: LazySettings) -> Iterator[redis.Redis]:
    """A user of its own, `rotating`."""
    with redis.from_url(settings.REDIS_URL) as found:
        found.execute_command("ACL", "SETUSER", "rotating", "on", ">first", "~*", "&*", "+@all")
        yield found
        found.acl_deluser("rotating")


def redis_with(settings: LazySettings, password: str) -> str:
    place = urlsplit(settings.REDIS_URL)
    return place._replace(netloc=f"rotating:{password}@{place.netloc.rpartition('@')[2]}").geturl()


def test_a_new_password_of_redis_counts_for_cache_and_broker(
    keeper: redis.Redis, mount: Mount, settings: LazySettings
) -> None:
    mount(REDIS_URL=redis_with(settings, "first"))
    env = environ.FileAwareEnv()
    env.ENVIRON = {"REDIS_URL": redis_with(settings, "first")}
    options = redis_access.cache(env)
    assert "first" not in f"{options['LOCATION']} {redis_access.broker(env)}"
    cache = RedisCache(options["LOCATION"], {"OPTIONS": options["OPTIONS"]})
    cache.set("rotated", 1)
    keeper.execute_command("ACL", "SETUSER", "rotating", "<first", ">second")
    keeper.client_kill_filter(_type="normal", skipme=True)
    with pytest.raises(redis.exceptions.AuthenticationError) as refused:
        cache.get("rotated")
    assert refuses_the_secret(refused.value)
    mount(REDIS_URL=redis_with(settings, "second"))
    assert cache.get("rotated") == 1
    with Connection(redis_access.broker(env)) as broker, broker.SimpleBuffer("rotating") as queue:
        queue.put("told")
        assert queue.get(timeout=5).payload == "told"


# --- what is signed and sealed
@pytest.mark.django_db
def test_whoever_is_signed_in_stays_so_while_the_key_before_is_believed(mount: Mount) -> None:
    mount(SECRET_KEY="first\n")
    rotation.look(now=True)
    person = Client()
    person.force_login(User.objects.create_user(email="a@example.org", name="A"))
    mount(SECRET_KEY="second\nfirst\n")
    rotation.look(now=True)
    assert "_auth_user_id" in person.session
    assert person.get("/applications/").status_code == 200
    mount(SECRET_KEY="third\n")
    rotation.look(now=True)
    assert person.get("/applications/").status_code == 302


def test_a_new_key_signs_the_next_certificate_and_one_that_does_not_fit_changes_nothing(
    mount: Mount, settings: LazySettings
) -> None:
    first, second = make_signing_files("First"), make_signing_files("Second")
    mount(CERTIFICATE_KEY=first.key, CERTIFICATE_CHAIN=first.chain)
    rotation.look(now=True)
    held = held_key()
    mount(CERTIFICATE_KEY=second.key)
    rotation.look(now=True)
    assert held_key() is held
    assert rotation.unreadable() == ["CERTIFICATE_KEY, CERTIFICATE_CHAIN"]
    mount(CERTIFICATE_CHAIN=second.chain)
    rotation.look(now=True)
    assert held_key() is not held
    assert rotation.unreadable() == []


@pytest.mark.django_db
def test_nonsense_is_named_and_the_secret_before_goes_on(mount: Mount, settings: LazySettings) -> None:
    good = new_key("a")
    mount(FIELD_KEYS=good)
    rotation.look(now=True)
    mount(FIELD_KEYS="nonsense", ANYMAIL="{")
    rotation.look(now=True)
    assert good == settings.FIELD_KEYS
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()["secrets"]) == (200, "cannot read ANYMAIL, FIELD_KEYS")


def test_new_keys_of_a_store_make_a_new_client_and_leave_its_place(
    mount: Mount, settings: LazySettings
) -> None:
    before = settings.DOCUMENT_STORES["s3"]
    mount(S3_ACCESS_KEY="name", S3_SECRET_KEY="word")
    rotation.look(now=True)
    assert settings.DOCUMENT_STORES["s3"] == {**before, "access_key": "name", "secret_key": "word"}


def test_files_are_looked_at_every_two_seconds_and_read_only_when_they_changed(
    mount: Mount, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(SECRET_KEY="first")
    rotation.look()
    mount(SECRET_KEY="second")
    rotation.look()
    assert settings.SECRET_KEY == "first"
    later = time.monotonic() + rotation.LOOK_EVERY_S + 0.1
    monkeypatch.setattr(rotation.time, "monotonic", lambda: later)
    rotation.look()
    assert settings.SECRET_KEY == "second"
    settings.SECRET_KEY = "set by somebody"
    rotation.look(now=True)
    assert settings.SECRET_KEY == "set by somebody"


# --- the whole program
@pytest.mark.slow
def test_a_web_server_goes_on_through_a_rotation_and_says_so_when_it_is_shut_out(
    transactional_db: None,
    database: DatabaseWrapper,
    administrator: psycopg.Connection,
    mount: Mount,
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    administrator.execute(f"GRANT {administrator.info.user} TO rotating")
    port = free_port()
    process = start(
        "web",
        DATABASE_URL_FILE=str(tmp_path / "DATABASE_URL"),
        DATABASE_CONNECTION_AGE_S="0",  # each request makes a connection of its own
        SECRET_KEY="test",
        REDIS_URL=settings.REDIS_URL,
        STATIC_UNHASHED="1",
        WEB_PORT=str(port),
        WEB_WORKERS="1",
    )
    try:
        wait_for(port, process)
        assert ready(port)["database"] == "ready"
        said = []
        for number in range(40):
            if number == 10:
                administrator.execute("ALTER ROLE rotating PASSWORD 'second'")
                mount(DATABASE_URL=with_password("second"))
            said.append(ready(port)["database"])
        assert said == ["ready"] * 40
        administrator.execute("ALTER ROLE rotating NOLOGIN")
        assert ready(port)["database"] == "refuses DATABASE_URL"
    finally:
        process.kill()
        process.wait()


def ready(port: int) -> dict[str, str]:
    try:
        told = read(port, "/readyz")
    except HTTPError as error:
        told = error.read().decode()
    found: dict[str, str] = json.loads(told)
    return found
