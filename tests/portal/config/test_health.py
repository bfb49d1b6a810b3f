"""What a supervisor asks."""

import pytest
from django.test import Client, override_settings

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
@override_settings(CACHES=AWAY)
def test_not_ready_while_redis_is_away_and_says_so() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["redis"] == "away"
