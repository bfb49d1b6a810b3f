"""`python -m deploy.image.alive [seconds]`: ends with 1 when the program has shown no sign for so long.

Programs without a port (worker, relay, scheduler) touch HEARTBEAT_FILE; a hung one does not. It reads one
date and asks no other server, so an outage behind the program restarts nothing at once.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

USUAL_S = 120.0


def age_s(path: Path) -> float:
    """How long ago the last sign was; without one, forever."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def main(arguments: list[str]) -> int:
    """Compare the age of the last sign."""
    longest = float(arguments[0]) if arguments else USUAL_S
    age = age_s(Path(os.environ.get("HEARTBEAT_FILE", "/tmp/heartbeat")))
    print(f"last sign {age:.0f} s ago")
    return 0 if age <= longest else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
