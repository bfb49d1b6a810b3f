"""haproxy of the drill stands for the edge of the cloud."""

from __future__ import annotations

from deploy.drills.edge import CONFIGURATION, DOOR, limit_of_the_edge
from tests.house import ROOT


def test_the_limit_is_the_one_of_the_edge() -> None:
    variables = (ROOT / "terraform" / "modules" / "edge" / "variables.tf").read_text()
    assert f"= {limit_of_the_edge()}\n" in variables


def test_only_what_reached_no_server_is_sent_again_and_only_tls_1_3_is_spoken() -> None:
    assert "retry-on conn-failure\n" in CONFIGURATION
    assert "ssl-min-ver TLSv1.3\n" in DOOR
