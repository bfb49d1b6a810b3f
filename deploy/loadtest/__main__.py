"""The load test itself, with the whole product running behind it; `./run loadtest` starts both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django
import psutil
from django.db import connection

from deploy.loadtest.measuring import cpu_seconds, memory_mb
from deploy.loadtest.report import Found, as_data, as_text, read_answers

FOLDER = Path(__file__).parent
BEGIN_A_SECOND = 25  # so many people begin each second, before anything is measured
SHORTEST_WARM_UP_S = 10.0
CROWD = "the crowd itself"
ERRORS_SHOWN = 10


def main(words: str) -> int:
    """Play, measure after everybody has begun, print; 1 where an answer was wrong."""
    asked: dict[str, Any] = json.loads(words)
    django.setup()
    from deploy.loadtest.plan import write_plan  # needs the product, which is set up only now

    folder = Path(os.environ["LOAD_FOLDER"])
    plan = write_plan(folder, asked["citizens"], asked["clerks"])
    found = _played(asked, plan, folder)
    print(as_text(found), flush=True)
    if asked["json"]:
        Path(asked["json"]).write_text(json.dumps(as_data(found), indent=1))
    return 1 if found.total.failures else 0


def _played(asked: dict[str, Any], plan: Path, folder: Path) -> Found:
    seconds = asked["minutes"] * 60
    people = asked["citizens"] + asked["clerks"]
    stats = folder / "stats"
    warm_up_s = max(SHORTEST_WARM_UP_S, 1.2 * people / BEGIN_A_SECOND)
    crowd = _crowd(asked, plan, stats, people, warm_up_s + seconds)
    time.sleep(warm_up_s)
    pids = {**json.loads(os.environ["LOAD_PROGRAMS"]), CROWD: crowd.pid}
    before, counts = cpu_seconds(pids), _counts()
    began = time.monotonic()
    while crowd.poll() is None and time.monotonic() - began < seconds - 2:
        time.sleep(0.5)
    after, took, memory = cpu_seconds(pids), time.monotonic() - began, memory_mb(pids)
    made = {name: value - counts[name] for name, value in _counts().items()}
    if crowd.wait(120):
        raise SystemExit("The crowd broke off:\n" + stats.with_name("crowd.log").read_text()[-3000:])
    return Found(
        people=people,
        think_s=asked["think"],
        seconds=took,
        cores=psutil.cpu_count() or 1,
        answers=read_answers(stats.with_name("stats_stats.csv")),
        cpu_s={name: after[name] - before[name] for name in pids},
        memory_mb=memory,
        errors=(*(each for name in ("failures", "exceptions") for each in _errors(stats, name)), *_left()),
        **made,
    )


def _crowd(
    asked: dict[str, Any], plan: Path, stats: Path, people: int, seconds: float
) -> subprocess.Popen[bytes]:
    """Everybody has begun by the end of the warming up; then the figures of locust start anew."""
    locust = [sys.executable, "-m", "locust", "-f", str(FOLDER / "crowd.py"), "--headless", "--only-summary"]
    locust += ["--users", str(people), "--spawn-rate", str(BEGIN_A_SECOND), "--run-time", f"{seconds:.0f}s"]
    locust += [
        "--reset-stats",
        "--csv",
        str(stats),
        "--host",
        os.environ["LOAD_ADDRESS"],
        "--exit-code-on-error",
        "0",
    ]
    env = {**os.environ, "LOAD_PLAN": str(plan), "LOAD_THINK_S": str(asked["think"])}
    log = stats.with_name("crowd.log").open("wb")
    return subprocess.Popen(["setpriv", "--pdeathsig=TERM", *locust], env=env, stdout=log, stderr=log)


QUERIES = {
    "applications": "SELECT count(*) FROM audit_entry WHERE verb = 'case.sent'",
    "decisions": "SELECT count(*) FROM audit_entry WHERE verb = 'work.decided'",
    "certificates": "SELECT count(*) FROM audit_entry WHERE verb = 'certificate.issued'",
    "database_bytes": "SELECT pg_database_size(current_database())",
    "document_bytes": "SELECT coalesce(sum(size), 0) FROM documents_document",
    "waiting_messages": "SELECT count(*) FROM outbox_message WHERE state = 'pending'",
}


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for name, query in QUERIES.items():
            cursor.execute(query)
            found[name] = int(cursor.fetchone()[0])
    return found


TROUBLE = """
SELECT 'message ' || topic || ': ' || last_error, count(*) FROM outbox_message
WHERE state <> 'done' AND last_error <> '' GROUP BY 1
UNION ALL
SELECT 'step ' || node_key || ' has failed', count(*) FROM workflows_workitem
WHERE status = 'ERROR' GROUP BY 1
"""


def _left() -> list[str]:
    """What the workers could not do."""
    with connection.cursor() as cursor:
        cursor.execute(TROUBLE)
        return [f"{what} ({number} times)" for what, number in cursor.fetchall()]


def _errors(stats: Path, name: str) -> list[str]:
    path = stats.with_name(f"stats_{name}.csv")
    return path.read_text().splitlines()[1 : 1 + ERRORS_SHOWN] if path.exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
