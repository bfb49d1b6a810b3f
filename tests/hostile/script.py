"""Script at the end of every text of a service, and what finds it where it would run."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from engine.departments.models import Department, User
from tests.portal.clerk.conftest import PACKAGES
from workflows import services
from workflows.models import Service
from workflows.services.package_text import read_package

MARK = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "\"'></title></textarea>[x](javascript:alert(4))"
)
# words of a package whose value people read
TEXTS = {
    "title", "summary", "label", "hint", "phrase", "section", "intro", "statement", "agree", "sentence",
    "status_text", "subject", "body", "action", "time", "fee", "validity", "other_ways", "text", "words",
    "item_label", "none", "unit", "yes", "no",
}  # fmt: skip
LISTS = {"you_need"}
GROUPS = {"errors"}


def poisoned(value: Any, name: str = "") -> Any:
    """A package with script at the end of each text."""
    if isinstance(value, dict):
        if name in TEXTS and all(isinstance(one, str) for one in value.values()):
            return {language: one + MARK for language, one in value.items()}
        inside = "title" if name in GROUPS else ""
        return {key: poisoned(one, inside or key) for key, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, "title" if name in LISTS else "") for one in value]
    return value + MARK if isinstance(value, str) and name in TEXTS else value


class Runs(HTMLParser):
    """Collects whatever in a page could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        if tag == "script" and not given.get("src") and given.get("type") not in ("application/json",):
            self.found.append(f"<script> {given}")
        if tag == "img" and given.get("src") == "x":
            self.found.append("<img src=x>")
        for name, value in given.items():
            if name.startswith("on") or name == "srcdoc" or "javascript:" in value[:20]:
                self.found.append(f"<{tag} {name}={value[:60]}>")


def nothing_runs(html: str, where: str) -> None:
    """Fail where a page holds what a browser would run."""
    parser = Runs()
    parser.feed(html)
    assert parser.found == [], where


@pytest.fixture
def licence(founder: User, licensing: Department) -> Service:
    """The trade licence with script in each of its texts."""
    source = read_package((PACKAGES / "licensing/trade-licence.yaml").read_text(encoding="utf-8"))
    report = services.import_package(source=poisoned(source), department=licensing, by=founder)
    services.publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service
