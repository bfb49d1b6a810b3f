"""Every picture asks for something that the product really tells."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django_prometheus.middleware import Metrics
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from deploy.observability.dashboards import BOARDS, board, main
from tests.deploy.observability.telling import rules
from workflows.metrics import Business

WORDS = re.compile(r"\b(?:caseway|django)[a-z_:0-9]*[a-z0-9]\b")


def asked(query: str) -> set[str]:
    """The names of metrics in a query; what stands in braces and brackets is no name."""
    return set(WORDS.findall(re.sub(r"\{[^}]*\}|\[[^]]*\]|by \([^)]*\)", " ", query)))


@pytest.fixture(scope="module")
def ahead() -> set[str]:
    return {rule["record"] for group in rules()["groups"] for rule in group["rules"] if "record" in rule}


@pytest.fixture
def told(db: None) -> set[str]:
    """The names in a scrape of the two programs that are scraped."""
    Metrics.get_instance()
    business = CollectorRegistry(auto_describe=False)
    business.register(Business())
    scrape = generate_latest(business).decode() + generate_latest(REGISTRY).decode()
    families = re.findall(r"^# TYPE (\S+) (\S+)", scrape, re.M)
    return {name + more for name, kind in families for more in _endings(kind)}


def _endings(kind: str) -> tuple[str, ...]:
    return ("", "_bucket", "_sum", "_count") if kind == "histogram" else ("",)


def test_every_metric_of_a_dashboard_is_told(told: set[str], ahead: set[str]) -> None:
    wanted = {name for panels in BOARDS.values() for panel in panels for name in asked(panel.query)}
    assert len(wanted) > 15
    assert wanted - told - ahead == set()


def test_every_metric_of_a_rule_is_told(told: set[str], ahead: set[str]) -> None:
    wanted = {name for group in rules()["groups"] for rule in group["rules"] for name in asked(rule["expr"])}
    assert len(wanted) > 12
    assert wanted - told - ahead == set()


def test_every_metric_of_the_business_is_shown_somewhere(told: set[str]) -> None:
    shown = {name for panels in BOARDS.values() for panel in panels for name in asked(panel.query)}
    own = {name for name in told if name.startswith("caseway_") and not name.endswith("_created")}
    assert own - shown == set()


def test_dashboards_are_written_as_grafana_reads_them(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    written = [json.loads(path.read_text()) for path in tmp_path.glob("*.json")]
    assert {each["title"] for each in written} == {f"Caseway: {title}" for title in BOARDS}
    for each in written:
        assert all(panel["targets"][0]["expr"] for panel in each["panels"])
    assert board("Service", BOARDS["Service"]) == board("Service", BOARDS["Service"])
