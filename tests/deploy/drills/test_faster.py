"""Rules and routes of the drill are ours, only faster."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from deploy.drills import faster
from tests.deploy.observability import telling

ALL_BUT_NUMBERS = re.compile(r"\d+(ms|[smh])?")


def test_only_durations_and_ages_differ_from_the_rules_of_a_cluster() -> None:
    quick = [rule for group in faster.rules()["groups"] for rule in group["rules"]]
    ours = [rule for group in telling.rules()["groups"] for rule in group["rules"]]
    assert len(quick) == len(ours)
    for changed, rule in zip(quick, ours, strict=True):
        assert changed.keys() == rule.keys()
        assert {name: changed[name] for name in changed.keys() - {"expr", "for"}} == {
            name: rule[name] for name in rule.keys() - {"expr", "for"}
        }
        assert ALL_BUT_NUMBERS.sub("", changed["expr"]) == ALL_BUT_NUMBERS.sub("", rule["expr"])
    by_name = {rule["alert"]: rule for rule in quick if "alert" in rule}
    behind, slow = by_name["OutboxBehind"], by_name["Slow"]
    assert (behind["expr"], behind["for"]) == ("caseway_outbox_lag_seconds > 15", "15000ms")
    assert "[15000ms]" in slow["expr"] and slow["expr"].endswith("> 1")  # no age: a second stays one


def test_the_routes_lead_to_the_same_receivers() -> None:
    found = faster.routes(Path("/keys"), "http://127.0.0.1:1/v2/enqueue", "http://127.0.0.1:1")
    ours = yaml.safe_load(faster.ROUTES.read_text())
    assert found["route"]["routes"] == ours["route"]["routes"]
    assert found["inhibit_rules"] == ours["inhibit_rules"]
    assert found["route"]["group_wait"] == "1500ms"
    assert found["receivers"][0]["pagerduty_configs"][0]["routing_key_file"] == "/keys/pagerduty"
    [sms] = [each["sns_configs"][0] for each in found["receivers"] if each["name"] == "sms"]
    assert sms["api_url"] == "http://127.0.0.1:1"
    assert faster.SECRETS not in str(found)
