"""What people and programs see while the site can only be read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from engine.departments.models import User
from engine.site import mode
from tests.conftest import PASSWORD

TYPED = {"name": 'Ana "A." <b>', "lines": "\none\n two ", "two": ["x", "y"]}


def inputs(text: str) -> dict[str, list[str]]:
    """What a browser would send again; it drops the first line break of a text area."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea hidden name="([^"]+)">\n?(.*?)</textarea>', text, re.S):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


@pytest.fixture
def read_only(db: None) -> None:
    call_command("site_mode", "read-only", verbosity=0)


def test_a_form_is_refused_in_the_language_of_the_person_and_given_back(
    client: Client, citizen: User, read_only: None
) -> None:
    client.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    file = SimpleUploadedFile("a.txt", b"x")
    sent = {**TYPED, "password": "secret", "code": "123456", "file": file}
    answer = client.post("/applications/?page=2", sent, headers={"Accept-Language": "fr"})
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert answer["Cache-Control"] == "no-store"
    assert 'lang="fr"' in text and "Envoyer à nouveau" in text and "Les fichiers doivent" in text
    assert 'action="/applications/?page=2"' in text
    assert inputs(text) == {"name": [TYPED["name"]], "lines": [TYPED["lines"]], "two": ["x", "y"]}
    assert "csrfmiddlewaretoken" in text


def test_too_much_is_not_put_into_a_page(client: Client, read_only: None) -> None:
    text = client.post("/applications/", {"a": "x" * 1_000_001}).content.decode()
    assert "<form" not in text


def test_a_page_of_others_gets_nothing_back(citizen: User, read_only: None) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/applications/", TYPED)
    assert answer.status_code == 403
    assert "Ana" not in answer.content.decode()


def test_programs_are_told_in_their_own_words(client: Client, read_only: None) -> None:
    for answer in (client.post("/api/callbacks/"), client.post("/x/", {}, content_type="application/json")):
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
        assert "read" in answer.json()["message"]


def test_people_sign_in_and_read_and_see_a_banner_and_the_site_stays_ready(
    client: Client, clerk: User, read_only: None, settings: LazySettings
) -> None:
    assert client.get("/readyz").status_code == 200
    answer = client.post("/accounts/login/", {"login": clerk.email, "password": PASSWORD})
    assert answer.status_code == 302
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("/work/", "/applications/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "nothing can be sent or changed" in page.content.decode(), address
    call_command("site_mode", "normal", verbosity=0)
    assert "nothing can be sent" not in client.get("/work/").content.decode()


@pytest.fixture
def standing_by(transactional_db: None) -> Iterator[None]:
    """A database that refuses every write, as one does that follows another."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")


def test_a_write_that_the_database_refuses_is_never_a_mistake_of_ours(
    client: Client, citizen: User, standing_by: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    # nobody has looked yet, so the request reaches the database
    answer = client.post("/accounts/login/", {"login": citizen.email, "password": PASSWORD})
    assert answer.status_code == 503
    assert "send nothing at the moment" in answer.content.decode()
    assert "<form" not in answer.content.decode()  # without a password it is not worth sending again
    monkeypatch.setattr(mode, "_LOOK", "SELECT true, false")
    assert client.get("/accounts/login/").status_code == 200
    assert client.post("/accounts/login/", {}).status_code == 503
