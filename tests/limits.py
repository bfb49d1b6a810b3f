"""Runs hostile input in processes of their own, each with a limit of memory and of time, and measures both.

`measured("tests.some.module:function", cases, megabytes=256, seconds=5)` starts one process that imports
the module and then forks for every case. The function takes one text and returns what it made of it. The
limit of memory is what the address space may grow by; seconds are those of the processor, so that a busy
machine makes nobody fail, and one that waits for nothing is ended after ten times as long.
`python -m tests.limits` is that process.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1024 * 1024
PATIENCE = 10


@dataclass(frozen=True)
class Measured:
    """What became of one case, and what it cost."""

    said: str
    seconds: float
    megabytes: float


def measured(function: str, cases: Iterable[str], *, megabytes: int, seconds: int) -> dict[str, Measured]:
    """Each case with its result; one that passes a limit or dies says so."""
    asked = json.dumps({"cases": list(cases), "megabytes": megabytes, "seconds": seconds})
    done = subprocess.run(
        [sys.executable, "-m", "tests.limits", function],
        input=asked,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [
        json.loads(line.removeprefix("= ")) for line in done.stdout.splitlines() if line.startswith("= ")
    ]
    return {case: Measured(*rest) for case, *rest in lines}


def _main(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings")
    import django

    django.setup()
    module, _, attribute = name.partition(":")
    function = getattr(importlib.import_module(module), attribute)
    asked = json.load(sys.stdin)
    for case in asked["cases"]:
        said, seconds, grown = _forked(function, case, asked["megabytes"], asked["seconds"])
        print("= " + json.dumps([case, said, round(seconds, 3), round(grown, 1)]), flush=True)  # noqa: T201


def _forked(
    function: Callable[[str], str], case: str, megabytes: int, seconds: int
) -> tuple[str, float, float]:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.alarm(seconds * PATIENCE)
        before = _resident()
        limit = _address_space() + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        try:
            said = function(case)
        except MemoryError:
            said = "out of memory"
        except Exception as broken:
            said = f"breaks: {type(broken).__name__}: {str(broken)[:200]}"
        os.write(write, json.dumps([said, _resident() - before]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        answer = pipe.read()
    _, status, used = os.wait4(child, 0)
    took = used.ru_utime + used.ru_stime
    if not answer:
        died = os.waitstatus_to_exitcode(status)
        return ("out of time" if -died in (signal.SIGPROF, signal.SIGALRM) else f"died: {died}"), took, 0.0
    said, grown = json.loads(answer)
    return said, took, grown


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _resident() -> float:
    """The most that was held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _main(sys.argv[1])
