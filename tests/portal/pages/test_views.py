"""Home, departments, services and the search over them."""

import pytest
from django.test import Client

from engine.departments.models import Department
from portal.pages.first_pages import publish_first_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(licensing: Department, registry: Department) -> None:
    publish_first_pages()


def test_home_shows_the_search(client: Client, pages: None) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'action="/services/"' in page.content.decode()


@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/privacy/"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_help_pages_speak_each_language(
    client: Client, pages: None, path: str, language: str, direction: str
) -> None:
    page = client.get(path, headers={"accept-language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}" dir="{direction}"' in page.content.decode()


def test_a_department_has_its_own_page(client: Client, pages: None, licensing: Department) -> None:
    page = client.get(f"/{licensing.key}/").content.decode()
    assert licensing.name("en") in page


@pytest.mark.parametrize("path", ["/licensing/no-such-service/", "/no-such-department/", "/services-x/"])
def test_an_unknown_address_is_not_found(client: Client, pages: None, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("words", ["", "licence", "%", "'", "\x00", "a" * 4000, "<script>", "…", "💥 \u202e"])
def test_no_search_breaks_the_catalogue(client: Client, pages: None, words: str) -> None:
    page = client.get("/services/", {"q": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_publishing_the_first_pages_again_changes_nothing(pages: None) -> None:
    assert publish_first_pages() == []
