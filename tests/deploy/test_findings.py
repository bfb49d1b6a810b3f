"""What checkov finds in Terraform, the manifests and the recipe of the image, beside what was accepted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.kubernetes.rendering import OVERLAYS, ROOT, render

CHECKOV = ROOT / ".tools" / "checkov" / "bin" / "checkov"
LIST = ROOT / "deploy" / "findings" / "accepted.yaml"
Finding = tuple[str, str]  # the check, and whose


@dataclass(frozen=True)
class Accepted:
    checks: list[str]
    of: list[str]
    why: str

    def holds(self, finding: Finding) -> bool:
        return finding[0] in self.checks and any(fnmatchcase(finding[1], pattern) for pattern in self.of)


def accepted() -> list[Accepted]:
    return [Accepted(**line) for line in yaml.safe_load(LIST.read_text())]


def unexplained(findings: Iterable[Finding], lines: list[Accepted]) -> list[Finding]:
    return sorted(found for found in findings if not any(line.holds(found) for line in lines))


def no_longer_found(findings: set[Finding], lines: list[Accepted]) -> Iterator[str]:
    """Every check and every pattern of a line that holds nothing."""
    for line in lines:
        held = {found for found in findings if line.holds(found)}
        yield from (check for check in line.checks if check not in {check for check, _ in held})
        yield from (whose for whose in line.of if not any(fnmatchcase(name, whose) for _, name in held))


def failures(folder: Path) -> set[Finding]:
    command = [
        *(str(CHECKOV), "--directory", ".", "--framework", "terraform", "kubernetes", "dockerfile"),
        *("--quiet", "--compact", "--output", "json", "--skip-download"),
    ]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=280
    )
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    assert {report["check_type"] for report in reports} == {"terraform", "kubernetes", "dockerfile"}
    assert not any(report["summary"]["parsing_errors"] for report in reports)
    return {
        (check["check_id"], check["resource"])
        for report in reports
        for check in report["results"]["failed_checks"]
    }


def lay_out(folder: Path) -> None:
    shutil.copytree(ROOT / "terraform", folder / "terraform", ignore=shutil.ignore_patterns(".terraform*"))
    shutil.copy(ROOT / "deploy/image/Dockerfile", folder)
    for name in (*(f"overlays/{overlay}" for overlay in OVERLAYS), "argocd", "signatures"):
        (folder / f"{Path(name).name}.yaml").write_text(yaml.safe_dump_all(render(name)))


def test_checkov_finds_what_was_accepted_and_nothing_else(tmp_path: Path) -> None:
    if not CHECKOV.exists():
        pytest.skip("checkov is not installed (.tools/checkov, by ./run setup)")
    lay_out(tmp_path)
    found = failures(tmp_path)
    assert unexplained(found, accepted()) == []
    assert list(no_longer_found(found, accepted())) == []


def test_every_accepted_finding_has_its_reason() -> None:
    assert all(len(line.why.split()) > 3 for line in accepted())


def test_what_nobody_accepted_and_what_is_no_longer_found_are_named() -> None:
    lines = [Accepted(["CKV_1", "CKV_2"], ["web", "worker-*"], "they are so on purpose")]
    found = {("CKV_1", "web"), ("CKV_1", "relay"), ("CKV_3", "web")}
    assert unexplained(found, lines) == [("CKV_1", "relay"), ("CKV_3", "web")]
    assert list(no_longer_found(found, lines)) == ["CKV_2", "worker-*"]
