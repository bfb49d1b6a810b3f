"""A service that was made from nothing, opened in the editor in a real browser."""

# ruff: noqa: F401, F811 - a fixture is imported, and named again by who asks for it
from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.chromium import (
    DESKTOP,
    PHONE,
    let_in,
)
from tests.portal.designer.calling import designer
from workflows.models import Service

Open = Callable[..., Page]
MOSTLY_ON_A_DESK = pytest.mark.parametrize(
    "size",
    [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone", marks=pytest.mark.slow)],
)


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made from nothing."""
    return create_service(
        department=licensing,
        by=designer,
        key="dogs",
        title="Register a dog",
        languages=["en", "fr"],
        template="check",
    )


@pytest.fixture
def open_editor(
    browse: Callable[..., Page],
    service: Service,
    designer: User,
    live_server: LiveServer,
) -> Open:
    """Opens the editor at a tab, in a browser in which the designer has signed in."""

    def make(tab: str, size: tuple[int, int] = DESKTOP) -> Page:
        client = Client()
        client.force_login(designer, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = browse(size)
        let_in(page, client, live_server.url)
        page.goto(f"{live_server.url}{reverse('designer:design', args=('licensing', service.key))}#{tab}")
        expect(page.locator(".cwd-content > :not(.cwd-loading)").first).to_be_visible()
        return page

    return make


def saved_fields(service: Service, page: int = 0) -> list[dict[str, object]]:
    """The questions of a page, as they are stored."""
    document = ServiceDesign.objects.get(service=service).document
    fields: list[dict[str, object]] = document["forms"]["application"]["pages"][page]["fields"]
    return fields


def until_saved(page: Page) -> None:
    """Wait until the last change has reached the server."""
    expect(page.locator(".cwd-saved")).to_contain_text("Saved")


def type_in(page: Page, words: str) -> None:
    """Replace what stands in the field that has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
