"""CPU of programs and of what they started."""

from __future__ import annotations

import subprocess
import sys

from deploy.loadtest.measuring import cpu_seconds, memory_mb

BUSY = "import subprocess, sys, time\n"
BUSY += "subprocess.run([sys.executable, '-c', 'sum(range(6_000_000))'])\n"
BUSY += "print('done', flush=True)\ntime.sleep(60)\n"


def test_a_child_that_has_ended_counts() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        found = cpu_seconds({"it": program.pid, "gone": 2**22 - 1})
        memory = memory_mb({"it": program.pid})
        program.kill()
    assert found["it"] > 0.05
    assert found["gone"] == 0
    assert memory["it"] > 1
