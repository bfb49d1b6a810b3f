"""Programs of the system that some drills need: brought by apt where that is possible, otherwise named."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")
LONGEST_S = 300


def lacking(programs: Mapping[str, str]) -> str:
    """Why they can not be had, empty when all are there; takes the package of each program."""
    wanted = sorted({package for program, package in programs.items() if not shutil.which(program)})
    if not wanted:
        return ""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(wanted)
    if all(shutil.which(program) for program in programs):
        return ""
    return f"not on this machine: sudo {' '.join(INSTALL)} {' '.join(wanted)}"


def _install(packages: list[str]) -> None:
    """Asks for new lists only where the old ones do not do; no service of a package is started."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for words in ([*INSTALL, *packages], ["apt-get", "update"], [*INSTALL, *packages]):
        done = subprocess.run(words, env=env, capture_output=True, check=False, timeout=LONGEST_S)
        if done.returncode == 0 and words[1] == "install":
            return
