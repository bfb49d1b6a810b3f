"""The language changes by a link, without JavaScript, and the page stays."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal.shell import language


def test_a_link_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/verify/", {"code": "7Q4K"})
    arabic = next(link for link in language.links(request, "en") if link.code == "ar")
    assert arabic.address == "?code=7Q4K&lang=ar"
    assert arabic.direction == "rtl"
    assert arabic.name == "العربية"


def test_only_the_languages_of_the_department_are_offered() -> None:
    request = RequestFactory().get("/")
    assert [link.code for link in language.links(request, "en", ["en", "ar", "hi"])] == ["en", "ar"]


def test_choosing_a_language_returns_to_the_page_and_is_remembered() -> None:
    client = Client()
    answer = client.get("/verify/", {"code": "x", "lang": "ar"})
    assert answer.status_code == 302
    assert answer["Location"] == "/verify/?code=x"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    page = client.get("/verify/")
    assert '<html lang="ar" dir="rtl"' in page.content.decode()
    assert "portal-base.rtl.css" in page.content.decode()


@pytest.mark.parametrize("code", ["", "xx", "../..", "<b>", "a" * 5000])
def test_an_unknown_language_changes_nothing(code: str) -> None:
    assert Client().get("/verify/", {"lang": code}).status_code == 200


def test_a_language_that_only_services_speak_is_remembered_beside_ours() -> None:
    client = Client()
    client.get("/verify/", {"lang": "fr"})
    assert client.get("/verify/", {"lang": "cy"}).status_code == 302
    assert client.cookies["reading_language"].value == "cy"
    assert '<html lang="fr" dir="ltr"' in client.get("/verify/").content.decode()
    client.get("/verify/", {"lang": "en"})
    assert client.cookies["reading_language"].value == ""


def test_the_way_back_never_leads_to_another_site() -> None:
    request = RequestFactory().get("/x/", {"lang": "fr"})
    request.path = "//evil.example/"
    answer = language.LanguageMiddleware(lambda _request: HttpResponse())(request)
    assert answer["Location"] == "/%2Fevil.example/"
