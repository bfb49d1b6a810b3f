"""The editor in a real Chromium: when it is usable, and the longest task while something is dragged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from engine.departments.models import User
from tests.chromium import PATIENCE_MS, QUIET, program

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SIZE = (1600, 1000)
TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
PATH = [
    (60, 40),
    (90, 120),
    (60, 240),
    (80, 360),
    (60, 480),
    (60, 300),
    (60, 160),
]  # of the pointer, in pixels
STEPS = 12  # moves of the pointer between two of these
# when the first thing that can be worked at is there, seen from where the answer of the server had arrived
NOTED = """
const seen = new MutationObserver(() => {
  if (!document.querySelector(".cwd-question, .react-flow__node, .cwd-checklist li")) return;
  seen.disconnect();
  const now = () => document.documentElement.setAttribute("data-usable", performance.now());
  requestAnimationFrame(() => requestAnimationFrame(now));
});
addEventListener("DOMContentLoaded", () => seen.observe(document.body, { childList: true, subtree: true }));
"""
SINCE_THE_ANSWER = """() => document.documentElement.getAttribute("data-usable")
  - performance.getEntriesByType("navigation")[0].responseEnd"""


@contextmanager
def site() -> Iterator[str]:
    """The product behind an address of this machine."""
    kept = connections.settings["default"]["CONN_MAX_AGE"]
    connections.settings["default"]["CONN_MAX_AGE"] = 0  # threads of the server leave no connection behind
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, STAFF_SECOND_FACTOR=False):
        server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            yield f"http://localhost:{server.port}"
        finally:
            server.terminate()
            connections.settings["default"]["CONN_MAX_AGE"] = kept


@contextmanager
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; None when there is none."""
    found = program()
    if found is None:
        raise RuntimeError("there is no Chromium on this machine")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=[*QUIET, "--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


def signed_in(user: User) -> str:
    """The cookie of a session. The loop of a browser would open a connection of its own: ask before."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies["sessionid"].value


class Editor:
    """Somebody who designs, in a browser of their own."""

    def __init__(self, opened: Browser, base: str, session: str) -> None:
        self.browser, self.base = opened, base
        self.context = opened.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(NOTED)

    def open(self, address: str, tab: str) -> tuple[Page, float]:
        """The editor at a tab, and the milliseconds from the answer of the server until it was usable."""
        page = self.context.new_page()
        page.goto(f"{self.base}{address}#{tab}")
        page.locator("html[data-usable]").wait_for()
        return page, float(page.evaluate(SINCE_THE_ANSWER))

    def forget_drawings(self) -> None:
        """Let the next workflow be placed anew."""
        page = self.context.new_page()
        page.goto(f"{self.base}/livez")
        page.evaluate("localStorage.removeItem('caseway drawings')")
        page.close()

    def longest_task(self, page: Page, grip: str) -> float:
        """CPU milliseconds of the longest task of the page while what is gripped is carried up and down."""
        box = page.locator(grip).first.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.wait_for_timeout(800)  # what was begun before is not counted
        self.browser.start_tracing(page=page, categories=TRACED)
        page.mouse.move(x, y)
        page.mouse.down()
        for across, down in PATH:
            page.mouse.move(x + across, y + down, steps=STEPS)
        page.mouse.up()
        page.wait_for_timeout(300)
        return _longest(json.loads(self.browser.stop_tracing())["traceEvents"])


def _longest(events: list[dict[str, Any]]) -> float:
    """The longest task of the page that worked most, in CPU: machines are not always quiet."""
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    tasks: dict[tuple[int, int], list[float]] = {thread: [] for thread in mains}
    for event in events:
        thread = (event["pid"], event["tid"])
        if event["name"] in TASKS and thread in tasks:
            tasks[thread].append(event.get("tdur", 0) / 1000)
    busiest = max(tasks.values(), key=sum, default=[])
    if len(busiest) < len(PATH):
        raise RuntimeError("the trace holds no tasks of the page")
    return max(busiest)
