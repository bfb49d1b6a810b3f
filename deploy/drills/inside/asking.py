"""What a cluster asks a web server, again and again: whether it can serve."""

from __future__ import annotations

import signal
import threading
from collections import Counter

from django.test import Client

PAUSE_S = 0.1


def run() -> dict[str, object]:
    """Ask /readyz until SIGTERM; gives how often each status came, and what was said of Redis."""
    stop, statuses, said = threading.Event(), Counter[int](), Counter[str]()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    client = Client(SERVER_NAME="127.0.0.1")
    while not stop.wait(PAUSE_S):
        answer = client.get("/readyz")
        statuses[answer.status_code] += 1
        said[answer.json().get("redis", "not told")] += 1
    return {"statuses": statuses, "redis": said}
