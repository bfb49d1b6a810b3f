"""A small crowd against the whole product: everybody comes to an end, and nothing answers wrongly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded.servers import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
SMALL = ("--citizens", "8", "--clerks", "3", "--think", "0.2", "--minutes", "0.5")


def test_citizens_apply_and_clerks_decide_without_an_error(tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    command = [sys.executable, "-m", "deploy.embedded", "loadtest", *SMALL, "--json", str(path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=800, check=False)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-1000:]
    found = json.loads(path.read_text())
    assert found["applications"] > 0
    assert found["decisions"] > 0
    pages = {row["name"] for row in found["answers"]}
    assert {"home", "answer page", "send application", "queue", "case", "decide"} <= pages
    assert all(value > 0 for value in found["costs"].values())
