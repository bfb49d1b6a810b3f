"""Help with pictures: each is there, small, told in words, and in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import User
from tests.chromium import DESKTOP, PHONE, faults_of, let_in

PAGE = "/manage/help/"
MOST = 1_500_000  # bytes of all pictures together
IMAGE = re.compile(r'<img src="/static/(designer/help/[^"]+)" width="640" height="450" alt="([^"]{20,})"')


@pytest.mark.django_db
def test_every_step_has_its_picture_and_says_what_is_seen(
    client: Client, designer: User, clerk: User, citizen: User
) -> None:
    client.force_login(designer)
    found = {
        language: IMAGE.findall(client.get(PAGE, {"lang": language}, follow=True).content.decode())
        for language in ("en", "fr", "ar")
    }
    assert [len(images) for images in found.values()] == [12, 12, 12]
    assert len({alt for images in found.values() for _name, alt in images}) == 36
    files = [finders.find(name) for name, _alt in found["en"]]
    assert all(files)
    assert sum(Path(str(file)).stat().st_size for file in files) < MOST
    for stranger in (clerk, citizen):
        client.force_login(stranger)
        assert client.get(PAGE).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_and_the_pictures_fit(
    browse: Callable[..., Page],
    designer: User,
    live_server: LiveServer,
) -> None:
    client = Client()
    client.force_login(designer)
    for size in (DESKTOP, PHONE):
        page = browse(size)
        let_in(page, client, live_server.url)
        page.goto(live_server.url + PAGE)
        assert faults_of(page, f"designer-help-{size[0]}") == []
        assert page.locator(".help img").first.evaluate("image => image.naturalWidth") == 1280
