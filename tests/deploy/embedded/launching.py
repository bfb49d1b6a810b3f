"""A launcher of small programs, in a process of its own as the supervisor takes over the signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEAD = """
import os, re, signal, sys, time
from pathlib import Path
from deploy.embedded.program import Failed, Program, Stopped, command
from deploy.embedded.supervisor import Supervisor, run_supervised

here = Path({here!r})
supervisor = Supervisor(here, here / "log")

def program(name, code, ready=re.compile("ready"), **more):
    argv = ["setpriv", "--pdeathsig=TERM", sys.executable, "-u", "-c", code]
    return Program(name, argv, dict(os.environ), ready, **more)

SLEEPS = "import time; print('ready'); time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready'); time.sleep(600)"
"""
TAIL = "\nsys.exit(run_supervised(supervisor, begin))\n"


class Launcher:
    """A running launcher and what it has said."""

    def __init__(self, folder: Path, body: str) -> None:
        script = folder / "launcher.py"
        script.write_text(HEAD.format(here=str(folder)) + body + TAIL)
        self.log = folder / "log"
        self._said = folder / "said"
        self.process = subprocess.Popen(
            [sys.executable, str(script)],
            stdout=self._said.open("wb"),
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )

    @property
    def said(self) -> str:
        return self._said.read_text()

    def wait_for(self, line: str, within_s: float = 20) -> None:
        until = time.monotonic() + within_s
        while line not in self.said:
            assert time.monotonic() < until, self.said
            assert self.process.poll() is None or line in self.said, self.said
            time.sleep(0.02)

    def children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return [int(word) for word in listed.stdout.split() if Path(f"/proc/{word}").exists()]

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def end(self, within_s: float = 20) -> int:
        return self.process.wait(within_s)


def gone(pids: list[int], within_s: float = 5) -> bool:
    """Whether all these processes ended in time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if not any(_lives(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
