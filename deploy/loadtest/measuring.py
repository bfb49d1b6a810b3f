"""How much CPU programs have used, with everything that they started."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import psutil


def cpu_seconds(pids: Mapping[str, int]) -> dict[str, float]:
    """Seconds of CPU of each program so far, its children and those that have ended among them."""
    return {name: sum(map(_own, _family(pid))) for name, pid in pids.items()}


def _family(pid: int) -> Iterator[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        yield parent
        yield from parent.children(recursive=True)


def _own(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def memory_mb(pids: Mapping[str, int]) -> dict[str, float]:
    """Memory of each program in MB, what processes share counted once (PSS)."""
    found = dict.fromkeys(pids, 0.0)
    for name, pid in pids.items():
        for process in _family(pid):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                found[name] += process.memory_full_info().pss / 2**20
    return found
