"""`./run drill NAME|all`: rehearsals on loopback, each with servers of its own that end with it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time

from deploy.drills import (
    image_start,
    key_rotation,
    live_alert,
    point_in_time,
    postgres_failover,
    redis_failover,
    site_switch,
    store_loss,
    web_drain,
)
from deploy.drills.ground import Ground
from deploy.drills.outcome import Drill, NotAsItShould, Outcome
from deploy.embedded.program import Failed, say
from deploy.embedded.servers import ROOT, account_for
from deploy.embedded.supervisor import Supervisor, run_supervised

DRILLS: dict[str, Drill] = {
    "postgres-failover": postgres_failover.run,
    "redis-failover": redis_failover.run,
    "store-loss": store_loss.run,
    "site-switch": site_switch.run,
    "point-in-time": point_in_time.run,
    "key-rotation": key_rotation.run,
    "web-drain": web_drain.run,
    "live-alert": live_alert.run,
    "image": image_start.run,
}


def main(words: list[str]) -> int:
    """Runs one drill, or all; 0 when every one is good."""
    parser = argparse.ArgumentParser(prog="./run drill", description="Rehearses what goes wrong.")
    parser.add_argument("name", choices=[*DRILLS, "all"], help="which drill")
    name = parser.parse_args(words).name
    folder = ROOT / ".data" / f"drill-{os.getpid()}"
    supervisor = Supervisor(ROOT, folder / "log", quiet=True)
    ground = Ground(supervisor, folder, account_for(folder))
    chosen = list(DRILLS) if name == "all" else [name]
    try:
        return run_supervised(supervisor, lambda: _run(ground, chosen), when_stopped=130)
    finally:
        image_start.clear(ground)
        shutil.rmtree(folder, ignore_errors=True)


def _run(ground: Ground, names: list[str]) -> int:
    began = time.monotonic()
    ground.prepare()
    say(f"prepared ({time.monotonic() - began:.0f} s)")
    if "image" in names:
        image_start.begin(ground)
    outcomes: list[Outcome] = []
    failures: list[str] = []
    for name in names:
        started = time.monotonic()
        try:
            outcomes += DRILLS[name](ground)
            say(f"{name}: done ({time.monotonic() - started:.0f} s)")
        except (NotAsItShould, Failed) as failure:
            failures.append(f"{name}: {failure}")
            say(f"FAILED: {name}: {failure}")
            for line in getattr(failure, "last_lines", ()):
                say(f"    {line}")
    return _close(outcomes, failures, time.monotonic() - began)


def _close(outcomes: list[Outcome], failures: list[str], seconds: float) -> int:
    print(flush=True)
    for outcome in outcomes:
        say(outcome.line)
    good = not failures and all(outcome.is_good for outcome in outcomes)
    say(f"{'everything held' if good else 'NOT EVERYTHING HELD'} ({seconds:.0f} s)")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
