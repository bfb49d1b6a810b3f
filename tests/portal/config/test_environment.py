"""A configuration that is missing or wrong is refused by the name of its variable, never with a secret."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.config import settings as settings_of_the_product
from portal.config.environment import Environment

SOURCE = Path(settings_of_the_product.__file__ or "")
NEEDED = {
    "SECRET_KEY": "key",
    "DATABASE_URL": "postgres://a@127.0.0.1/b",
    "REDIS_URL": "redis://127.0.0.1/0",
    "FIELD_KEYS": "",
}


@pytest.mark.parametrize("variable", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_what_is_missing_is_named(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable, raising=False)
    assert variable in refused(monkeypatch, {name: NEEDED[name] for name in NEEDED if name != variable})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", " \n"),
        ("DATABASE_URL", "mysql://me:hidden@127.0.0.1/b"),
        ("DATABASE_URL", "postgres://me:hidden@127.0.0.1:many/b"),
        ("REDIS_URL", "hidden"),
        ("PUBLIC_ADDRESS", "services.example.gov"),
        ("FIELD_KEYS", "hidden"),
        ("ANYMAIL", "{hidden"),
        ("SITE_MODE", "asleep"),
        ("DEBUG", "perhaps"),
        ("PAGE_FILES", "many"),
        ("LOOKUP_TIMEOUT_S", "soon"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_what_is_wrong_is_named_and_a_secret_is_not_repeated(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(monkeypatch, {**NEEDED, variable: value})
    assert variable in said
    assert "hidden" not in said
    assert "\n" not in said


def test_several_servers_may_stand_in_the_address_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:p#w@a:5432,b:5433/caseway")
    found = Environment().db_url()
    assert (found["HOST"], found["PORT"]) == ("a,b", "5432,5433")
    assert (found["USER"], found["PASSWORD"]) == ("me", "p#w")


def refused(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> str:
    for name, text in given.items():
        monkeypatch.setenv(name, text)
    with pytest.raises((ImproperlyConfigured, ValueError)) as error:
        runpy.run_path(str(SOURCE))
    return str(error.value)
