"""What a supervisor asks."""

import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client, override_settings

from deploy.embedded.redis import free_port
from deploy.image import smoke
from engine.departments.models import Department, User
from portal.config import health, redis_access
from tests.engine.documents.conftest import bucket, s3_endpoint, s3_settings  # noqa: F401  fixtures

AWAY = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
}


def test_living_asks_no_server_behind_us() -> None:
    assert Client().get("/livez").status_code == 200


@pytest.mark.django_db
def test_ready_when_all_answer() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["database"] == "ready"


@pytest.mark.django_db
def test_not_ready_before_the_migrations_of_this_release_and_asked_only_until_then(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[..., Any]
) -> None:
    monkeypatch.setattr(health, "_schema", health._Schema())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'site'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"schema": "behind"})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('site', '0001_switch', now())"
        )
    assert Client().get("/readyz").status_code == 200
    with django_assert_num_queries(2):  # one for the database, one for the stores in use
        Client().get("/readyz")


@pytest.mark.django_db
def test_a_clock_that_is_wrong_is_named_and_takes_nobody_out_of_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "clock" not in Client().get("/readyz").json()
    now = time.time()
    monkeypatch.setattr(health.time, "time", lambda: now - 4000.0)
    answer = Client().get("/readyz")
    said = answer.json()["clock"]
    assert answer.status_code == 200
    assert re.fullmatch(r"-40\d\d s from that of the database", said)
    assert f"clock {said}" in smoke._not_ready(answer.content)  # and no new pod is promoted there


@pytest.mark.django_db
@override_settings(CACHES=AWAY)
def test_redis_that_is_away_is_named_and_takes_nothing_else_away() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["database"], answer.json()["redis"]) == ("ready", "away")


@pytest.mark.django_db
def test_redis_that_says_nothing_is_not_waited_for_longer_than_a_cluster_waits_for_the_page(
    settings: LazySettings,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": address}}
        assert sum(redis_access.PATIENCE.values()) < 5  # timeoutSeconds of the probe
        assert Client().get("/readyz").json()["redis"] == "away"


@pytest.mark.django_db
def test_living_asks_no_server_behind_us_for_a_browser_that_is_signed_in(
    client: Client, citizen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    monkeypatch.setattr(connection, "cursor", None)  # who asks fails
    assert client.get("/livez").content == b"alive\n"


@pytest.mark.django_db
def test_the_stores_that_departments_chose_are_asked(
    licensing: Department,
    registry: Department,
    bucket: object,  # noqa: F811
) -> None:
    assert set(Client().get("/readyz").json()) == {"database", "redis", "nas"}
    Department.objects.filter(pk=registry.pk).update(document_store="s3")
    assert Client().get("/readyz").json()["s3"] == "ready"


@pytest.mark.django_db
def test_a_site_with_one_store_asks_for_no_other(licensing: Department, settings: LazySettings) -> None:
    settings.DOCUMENT_STORES = {
        **settings.DOCUMENT_STORES,
        "nas": {"folder": "/nowhere", "must_be_mounted": True},
    }
    settings.DOCUMENTS_ONLY_TO = "s3"
    assert set(Client().get("/readyz").json()) == {"database", "redis", "s3"}


@pytest.mark.django_db
def test_a_store_that_is_away_is_named_and_takes_nothing_else_away(
    licensing: Department,
    settings: LazySettings,
    tmp_path: Path,
    s3_settings: dict[str, str],  # noqa: F811
) -> None:
    stores = settings.DOCUMENT_STORES
    file = tmp_path / "file"
    file.touch()
    settings.DOCUMENT_STORES = {
        "nas": {**stores["nas"], "folder": str(file)},
        "s3": {**s3_settings, "endpoint": f"http://127.0.0.1:{free_port()}"},
    }
    Department.objects.create(key="far", title={"en": "Far"}, document_store="s3")
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ready", "redis": "ready", "nas": "away", "s3": "away"}
