"""A password that is refused says what to enter instead, in the language of the reader."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Enter a password of at least 12 characters"),
        ("administrator", "Many people use this password"),
        ("leila.haddad@exam", "too much like your name or e-mail address"),
    ],
)
def test_what_is_wrong_with_a_password(client: Client, password: str, sentence: str) -> None:
    typed = {"name": "Leila Haddad", "email": "leila.haddad@example.org", "password1": password}
    assert sentence in client.post("/accounts/signup/", typed).text


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "au moins 12 caractères"), ("ar", "من 12 حرفًا على الأقل")]
)
def test_it_is_said_in_the_language_of_the_page(client: Client, language: str, word: str) -> None:
    client.get(f"/accounts/signup/?lang={language}")
    assert word in client.post("/accounts/signup/", {"password1": "short"}).text
