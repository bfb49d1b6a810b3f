"""Pages that somebody follows at three in the morning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.deploy.observability.telling import ROOT, alerts

FOLDER = ROOT / "deploy" / "runbooks"
PAGES = sorted(FOLDER.glob("*.md"))
named = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@named
def test_a_page_has_steps_and_an_end(page: Path) -> None:
    text = page.read_text()
    assert text.startswith("# ")
    assert "\n## Do\n" in text
    assert len(re.findall(r"^\d+\. ", text, re.M)) >= 2
    assert "## It is over when" in text or page.stem == "region-switch"


@named
def test_what_a_page_names_exists(page: Path) -> None:
    text = page.read_text()
    for target in re.findall(r"\]\(([\w-]+\.md)\)", text):
        assert (FOLDER / target).exists(), target
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command in get_commands(), command
    for path in re.findall(r"(?:deploy|terraform)/[\w/.-]*\w", text):
        assert (ROOT / path).exists(), path


def test_every_page_is_named_by_an_alert_or_by_another_page() -> None:
    naming = "".join(path.read_text() for path in [*PAGES, *ROOT.glob("terraform/modules/*/main.tf")])
    from_alerts = {rule["annotations"]["runbook"] for rule in alerts().values()}
    unnamed = [page.stem for page in PAGES if page.stem not in from_alerts and f"{page.stem}" not in naming]
    assert unnamed == []


def test_every_page_that_the_cloud_names_exists() -> None:
    for path in ROOT.glob("terraform/modules/*/main.tf"):
        for name in re.findall(r"Runbook: ([\w-]+)", path.read_text()):
            assert (FOLDER / f"{name}.md").exists(), f"{path.parent.name}: {name}"
