"""Our own rules and routes in a time that runs faster: what they say stays, how long it takes is divided.

Divided are durations (`for`, windows, waits of Alertmanager) and what an age or a lag of ours is compared
with. Expressions, labels, receivers and words are those that a cluster gets.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from deploy.embedded.servers import ROOT

FASTER = 20
RULES = ROOT / "deploy" / "kubernetes" / "components" / "monitoring" / "rules.yaml"
ROUTES = ROOT / "deploy" / "observability" / "alertmanager.yaml"
SECRETS = "/etc/alertmanager/secrets"
_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000}
_WINDOW = re.compile(r"(?<=\[)\d+[smh](?=\])")
_AGE = re.compile(r"(?<=_seconds > )\d+$")


def shorter(duration: str) -> str:
    """A duration of Prometheus, divided."""
    return f"{int(duration[:-1]) * _MS[duration[-1]] // FASTER}ms"


def rules() -> dict[str, Any]:
    """Every rule, none left out."""
    found: dict[str, Any] = deepcopy(yaml.safe_load(RULES.read_text())["spec"])
    for rule in (rule for group in found["groups"] for rule in group["rules"]):
        expression = _WINDOW.sub(lambda each: shorter(each[0]), rule["expr"])
        rule["expr"] = _AGE.sub(lambda each: str(int(each[0]) // FASTER), expression)
        if "for" in rule:
            rule["for"] = shorter(rule["for"])
    return found


def routes(keys: Path, pagerduty: str, sms: str) -> dict[str, Any]:
    """The routes with keys from another folder, and a PagerDuty and an SNS on this machine."""
    found: dict[str, Any] = yaml.safe_load(ROUTES.read_text().replace(SECRETS, str(keys)))
    for name in ("group_wait", "group_interval", "repeat_interval"):
        found["route"][name] = shorter(found["route"][name])
    for receiver in found["receivers"]:
        for each in receiver.get("sns_configs", ()):
            each["api_url"] = sms
            each["sigv4"] |= {"access_key": "drill", "secret_key": "drill"}
    return {**found, "global": {"pagerduty_url": pagerduty}}
