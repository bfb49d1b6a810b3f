"""Whole applications in a real browser, with the departments, people and services of the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Locator, Page, expect

from engine.departments.models import User
from engine.messages.delivery import deliver_all
from portal.pages.first_pages import publish_first_pages
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.chromium import is_wider_than_the_window, keep_picture, problems_on, wait_until_there
from tests.journeys.pdfs import make_pdf
from workflows.demonstration import files
from workflows.demonstration.packages import load_packages
from workflows.demonstration.places import load_departments, load_people


@pytest.fixture
def town(
    transactional_db: None, settings: LazySettings, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, User]:
    """The people of the demonstration by address; everything is stored on the network folder."""
    settings.STAFF_SECOND_FACTOR = False
    keys = tmp_path_factory.getbasetemp() / "seal"
    if not keys.exists():
        call_command("make_signing_key", folder=str(keys), verbosity=0)
    settings.CERTIFICATE_KEY = (keys / "certificate-key.pem").read_text()
    settings.CERTIFICATE_CHAIN = (keys / "certificate-chain.pem").read_text()
    departments = load_departments()
    for department in departments.values():
        department.document_store = "nas"
        department.save()
    people = load_people()
    load_packages(departments, people)
    publish_first_pages()
    return people


@dataclass
class Visitor:
    """One person at one browser."""

    page: Page
    base: str
    checked: bool

    def go(self, path: str) -> None:
        """Open an address of the product."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answered {answer.status}"

    def sign_in(self, email: str) -> None:
        """Sign in with the form, as everybody does."""
        if "/accounts/login/" not in self.page.url:
            self.go("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(files.password())
        self.page.locator("main").get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "/accounts/" not in url)

    def press(self, name: str) -> None:
        """Press the one button of this name in the page, and wait for what comes."""
        button = self.page.locator("main").get_by_role("button", name=name).first
        if self.checked:
            button.click()
            wait_until_there(self.page)
        else:  # without JavaScript every button brings a page
            with self.page.expect_navigation():
                button.click()

    def choose(self, file: Path, place: Locator) -> None:
        """Choose a file, and wait until it was sent; without JavaScript it goes with Continue."""
        place.set_input_files(file)
        expect(self.page.locator(".cw-sending")).to_have_count(0)

    def look(self, name: str) -> None:
        """Keep a picture, let axe look at the page, and see that it does not scroll sideways."""
        keep_picture(self.page, name)
        if self.checked:
            assert not problems_on(self.page), f"axe on {name} ({self.page.url})"
            assert not is_wider_than_the_window(self.page), f"{name} scrolls sideways"


@pytest.fixture
def visit(town: dict[str, User], live_server: Any, browse: Callable[..., Page]) -> Callable[..., Visitor]:
    """A visitor: visit(PHONE), visit(DESKTOP, javascript=False)."""

    def arrive(size: tuple[int, int], *, javascript: bool = True) -> Visitor:
        page = browse(size, javascript=javascript)
        return Visitor(page, live_server.url, checked=javascript)

    return arrive


@pytest.fixture
def settle() -> Callable[[], None]:
    """What relay and worker do in the background: everything that waits to leave, leaves."""

    def deliver() -> None:
        try:
            deliver_all()
        finally:
            connections.close_all()

    def run() -> None:
        with ThreadPoolExecutor(1) as worker:  # Playwright keeps a loop in this thread, which signing refuses
            worker.submit(deliver).result()

    return run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of the premises, as a citizen would have it."""
    return make_pdf(tmp_path / "plan of the shop.pdf")


@pytest.fixture
def better_plan(tmp_path: Path) -> Path:
    """The same with the gas bottle drawn in."""
    return make_pdf(tmp_path / "plan with gas bottle.pdf", pages=2)
