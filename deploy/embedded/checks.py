"""The stages that need no server: formatting, ruff, the walls of the house, types."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.program import say
from deploy.embedded.servers import ROOT

BIN = Path(sys.executable).parent
# the type checker reads the settings; it connects to nothing
SETTINGS_ONLY = {
    "SECRET_KEY": "only-read",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
STAGES: Mapping[str, tuple[str, ...]] = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "ruff": ("ruff", "check", "--quiet", "."),
    "walls": ("lint-imports", "--no-cache"),
    "types": ("mypy",),
}


@dataclass(frozen=True)
class Stage:
    """What one stage came to."""

    name: str
    code: int
    seconds: float

    @property
    def line(self) -> str:
        """The line of the closing summary."""
        verdict = "passed" if self.code == 0 else f"FAILED (exit code {self.code})"
        return f"{self.name:<8} {verdict:<24} {self.seconds:7.1f} s"


def timed(name: str, work: Callable[[], int]) -> Stage:
    """Runs one stage and measures it."""
    say(f"{name} ...")
    began = time.monotonic()
    return Stage(name, work(), time.monotonic() - began)


def check_stages() -> list[Stage]:
    """Runs every stage, also after one failed: a person mends all of it at once."""
    return [timed(name, lambda argv=argv: _quietly(argv)) for name, argv in STAGES.items()]  # type: ignore[misc]


def _quietly(argv: tuple[str, ...]) -> int:
    # what runs beside the tests ends when they are stopped
    command = ["setpriv", "--pdeathsig=TERM", str(BIN / argv[0]), *argv[1:]]
    env = {**SETTINGS_ONLY, **os.environ}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode


def summarise(stages: list[Stage]) -> int:
    """Prints the closing summary and returns the exit code."""
    print(flush=True)
    for stage in stages:
        say(stage.line)
    failed = [stage.name for stage in stages if stage.code]
    say(f"FAILED: {', '.join(failed)}" if failed else "everything passed")
    return 1 if failed else 0


def check() -> int:
    """`./run check`."""
    return summarise(check_stages())
