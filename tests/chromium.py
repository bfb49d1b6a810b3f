"""A real Chromium for the tests: phone and desktop width, with and without JavaScript, checked by axe."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

PHONE, DESKTOP = (390, 844), (1280, 900)
# no request leaves the machine, and Chromium does not try to
QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # of what is in order nothing is described
}
PATIENCE_MS = 60_000  # a page that is slow on a busy machine is not a fault; one that never comes is
expect.set_options(timeout=PATIENCE_MS)
# A click or a sent form leaves the page a moment later: until then the page says so itself.
LEAVING = """
const leave = () => document.documentElement.setAttribute("data-is-left", "");
addEventListener("submit", (event) => { if (!event.defaultPrevented) leave() });
addEventListener("beforeunload", leave);
"""
SHOTS = os.environ.get("CASEWAY_SHOTS")  # a folder: keep a picture of every page that is checked


def program() -> str | None:
    """The Chromium of this machine."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a file of tests: its loop has ended when other tests run in this process."""
    found = program()
    if found is None:
        pytest.skip("no Chromium on this machine: ./run test installs it, or names the command that does")
    os.environ.setdefault(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
    )  # Playwright keeps a loop running in this thread
    with sync_playwright() as driver:
        flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
        browser = driver.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own: browse(width, javascript=False)."""
    contexts: list[BrowserContext] = []

    def open_page(size: tuple[int, int] = DESKTOP, *, javascript: bool = True, language: str = "en") -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=javascript, locale=language
        )
        context.set_default_timeout(PATIENCE_MS)
        if javascript:
            context.add_init_script(LEAVING)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    _wait_for_answers()


def let_in(page: Page, client: Client, address: str, *, language: str = "") -> None:
    """Sign the browser in as Django's client is, and have the pages of this address in a language."""
    cookies = {"sessionid": client.cookies["sessionid"].value}
    if language:
        cookies["django_language"] = language
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )


def faults_of(page: Page, picture: str) -> list[str]:
    """What axe finds on an open page, and whether it scrolls sideways; a picture is kept where asked for."""
    keep_picture(page, picture)
    return problems_on(page) + (["scrolls sideways"] if is_wider_than_the_window(page) else [])


def _wait_for_answers() -> None:
    """What was asked last is answered before the tables are emptied: it would write into the next test."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


def wait_until_there(page: Page) -> None:
    """Wait until the page has arrived, and is not about to be left for the next one; needs JavaScript."""
    page.locator("html:not([data-is-left])").wait_for(state="attached")
    page.wait_for_load_state()


def problems_on(page: Page) -> list[str]:
    """What axe finds, one line each; needs a page with JavaScript."""
    wait_until_there(page)
    found: list[dict[str, Any]] = Axe().run(page, options=AXE_RULES).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]


def keep_picture(page: Page, name: str) -> None:
    """Write a picture of the whole page, where somebody asked for pictures."""
    if SHOTS:
        page.wait_for_load_state()
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def is_wider_than_the_window(page: Page) -> bool:
    """True when the page scrolls sideways; needs JavaScript."""
    wait_until_there(page)
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    )
