"""Two regions that hold a state, and the programs that an operator asks about them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deploy.region.__main__ import main
from deploy.region.terminal import Refused, Terminal
from tests.deploy.region.played import Refusal, play
from tests.deploy.releasing import ROOT

STOPPED = 1
PROGRAMS = ("kubectl", "aws", "curl", "git", "bash")  # bash: the stages of the pipeline
PLAYED = Path(__file__).with_name("played.py")
PODS = {"eks": ["web", "relay", "scheduler", "metrics"], "eks-dr": ["web"]}


def beginning() -> dict[str, Any]:
    """The primary serves, the other one sleeps and follows."""
    return {
        "away": [],  # programs, contexts or hosts that do not answer
        "pods": {site: list(names) for site, names in PODS.items()},
        "mode": {"caseway": "normal", "caseway-dr": "read-only, because of the database stands by"},
        "heals": {"caseway-eks": True, "caseway-eks-dr": True},
        "notes": {"eks": {}, "eks-dr": {}},
        "database": {
            "caseway": {"status": "available", "follows": None, "zones": True},
            "caseway-dr": {"status": "available", "follows": "arn:of:caseway", "zones": False},
        },
        "promoting": 0,  # looks until the promotion is through
        "stuck": [],  # what never comes to an end
        "lag": 412.0,
        "missing_bytes": 0,
        "doors": {"primary.services.example.gov": "/readyz", "dr.services.example.gov": "/readyz"},
        "jobs": [],
        "broken_record": False,
        "missing_documents": 0,
        "asleep": True,
        "done": [],  # what changed the world, in its order
        "dies_at": None,  # the operator's terminal is lost "before" or "after" this change
        "dies": "after",
    }


class World:
    """Starts the command again and again against one world."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file, self.report = folder, folder / "world.json", folder / "report.txt"
        self.programs = folder / "bin"
        self.programs.mkdir()
        for name in PROGRAMS:
            program = self.programs / name
            program.write_text(f'#!/bin/sh\nexec {sys.executable} {PLAYED} {self.file} {name} "$@"\n')
            program.chmod(0o755)
        self.change(**beginning())

    @property
    def now(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.file.read_text())
        return found

    def change(self, **parts: Any) -> None:
        state = self.now if self.file.exists() else {}
        self.file.write_text(json.dumps({**state, **parts}))

    def done(self) -> list[str]:
        """What changed the world, each by its first telling words."""
        found: list[str] = self.now["done"]
        return found

    def switch(self, *words: str, patience: float = 0.05) -> tuple[int, str]:
        """As an operator starts it, but within this process: what the programs answer is played."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said), pytest.MonkeyPatch.context() as patch:
            patch.setenv("PATH", str(self.programs))
            patch.setattr(Terminal, "_run", self._answer)
            code = main([*words, *self.options(patience)])
        return code, said.getvalue()

    def started(self, *words: str) -> subprocess.CompletedProcess[str]:
        """As an operator starts it, with the programs first in PATH."""
        env = {**os.environ, "PATH": str(self.programs)}
        command = [sys.executable, "-m", "deploy.region", *words, *self.options(1.0)]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    def options(self, patience: float) -> tuple[str, ...]:
        return (f"--patience={patience}", "--every=0.001", "--drain=0", f"--report={self.report}")

    def _answer(self, words: Sequence[str], _bound_s: float, given: str | None) -> str:
        program = "bash" if words[0].startswith("deploy/") else words[0]
        try:
            return play(self.file, program, list(words[1:]), given)
        except Refusal as error:
            raise Refused(f"{' '.join(words)} ended with 1: {error}") from None

    def enlarge(self, name: str = "caseway-dr") -> None:
        """Terraform was applied by hand."""
        database = self.now["database"]
        database[name]["zones"] = True
        self.change(database=database)


def whole(world: World, *words: str) -> str:
    """The switch with what a person does between: terraform is applied where it stops for it."""
    code, said = world.switch("to", "eks-dr", *words)
    assert (code, "terraform plan" in said) == (STOPPED, True), said
    world.enlarge()
    code, said = world.switch("to", "eks-dr", *words)
    assert code == 0, said
    return said


def is_taken(world: World) -> bool:
    now = world.now
    return (
        now["pods"]["eks"] == []
        and not now["heals"]["caseway-eks"]
        and now["doors"]["primary.services.example.gov"] != "/readyz"
        and now["doors"]["dr.services.example.gov"] == "/readyz"
        and now["database"]["caseway-dr"]["follows"] is None
        and set(now["pods"]["eks-dr"]) == {"web", "relay", "scheduler", "metrics"}
        and now["mode"]["caseway-dr"] == "normal"
        and not now["asleep"]
    )


def follow(world: World, name: str, primary: str) -> None:
    """A database is built anew as a replica, by hand."""
    database, mode = world.now["database"], world.now["mode"]
    database[name] = {"status": "available", "follows": f"arn:of:{primary}", "zones": True}
    mode[name] = "read-only, because of the database stands by"
    world.change(database=database, mode=mode)
