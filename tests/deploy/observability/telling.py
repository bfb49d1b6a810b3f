"""The rules as Prometheus reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
RULES = ROOT / "deploy" / "kubernetes" / "components" / "monitoring" / "rules.yaml"


def rules() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(RULES.read_text())["spec"]
    return found


def alerts() -> dict[str, dict[str, Any]]:
    return {rule["alert"]: rule for group in rules()["groups"] for rule in group["rules"] if "alert" in rule}
