"""What must not be written down: addresses of machines and package hosts, packages without a hash."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.house import ROOT, name, ours, tracked

GIT = (ROOT / ".git").exists()


def test_the_locks_name_no_index_and_pin_every_package_by_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text()
        for word in ("://", "file:", "find-links", "index-url", "trusted-host"):
            assert word not in text, f"{path.name} names {word}"
        pins = re.findall(r"^([a-z0-9._-]+)==\S+(.*)$", text, re.MULTILINE)
        assert pins and all(rest.rstrip().endswith("\\") for _, rest in pins), path.name


def test_every_lock_has_its_source_and_agrees_with_the_widest() -> None:
    folder = ROOT / "requirements"
    assert {path.stem for path in folder.glob("*.in")} == {path.stem for path in folder.glob("*.txt")}
    widest = set(pins_of(folder / "dev.txt"))
    for part in ("base", "test", "embedded", "node"):
        assert set(pins_of(folder / f"{part}.txt")) <= widest, part


def pins_of(path: Path) -> list[str]:
    return re.findall(r"^[a-z0-9._-]+==[^\s;]+", path.read_text(), re.MULTILINE)


def test_the_locks_of_the_front_end_name_no_address() -> None:
    for path in ours("package-lock.json"):
        packages = json.loads(path.read_text())["packages"]
        assert not [key for key, package in packages.items() if "resolved" in package], name(path)


@pytest.mark.skipif(not GIT, reason="needs the list of tracked files")
def test_no_tracked_file_names_a_machine_or_a_package_host() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "npmjs" + ".com")
    places = ("/work" + "/main", "/work" + "/shared", "../" + "shared", "/ro" + "ot/", "/opt/" + "pypi")
    places += ("/tmp/" + "contracts", "/opt/" + "wheels")
    found = []
    for path in tracked():
        if path.suffix in {".png", ".jpg", ".ico", ".pdf", ".woff2", ".svg"}:
            continue
        text = path.read_text(errors="replace")
        found += [f"{name(path)}: {word}" for word in (*hosts, *places) if word in text]
    assert found == []
