"""Translations and the page of a service at the width of a phone and of a desk, looked at by axe."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import User
from tests.chromium import (  # noqa: F401  fixtures
    DESKTOP,
    PHONE,
    browse,
    chromium,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SERVICE = "/manage/licensing/dog-licence/"


@pytest.fixture
def signed_in(client: Client, designer: User, package: str) -> str:
    """The session of a designer whose service has texts that are missing."""
    client.force_login(designer)
    text = package.replace("[en]", "[en, fr, ar]").replace("title: Your dog", "title: {en: Your dog}")
    client.post("/manage/licensing/import/", {"text": text})
    return client.cookies["sessionid"].value


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_problem_that_axe_knows(
    live_server: LiveServer,
    browse: Callable[..., Page],  # noqa: F811
    signed_in: str,
    size: tuple[int, int],
    language: str,
) -> None:
    page, found = browse(size, language=language), {}
    cookies = {"sessionid": signed_in, "django_language": language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    for name, path in {"service": SERVICE, "translations": f"{SERVICE}translations/"}.items():
        page.goto(live_server.url + path)
        keep_picture(page, f"designer-{name}-{language}-{size[0]}")
        assert page.locator("html").get_attribute("lang") == language
        if problems := problems_on(page):
            found[name] = problems
        if is_wider_than_the_window(page):
            found[name] = [*problems, "scrolls sideways"]
    assert not found
