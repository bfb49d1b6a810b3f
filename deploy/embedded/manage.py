"""`./run manage`: manage.py against the demonstration's data, whether it runs or not."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

from deploy.embedded.account import Account
from deploy.embedded.environment import DEMO, as_saved, product_environment
from deploy.embedded.program import say
from deploy.embedded.servers import ROOT, account_for, start_servers
from deploy.embedded.supervisor import Supervisor, run_supervised

LOCK = ROOT / ".data" / "demo.lock"
# these write into the checkout, which the servers' account may not
WRITE_SOURCES = frozenset(
    {"makemigrations", "makemessages", "compilemessages", "squashmigrations", "startapp"}
)


def manage(words: list[str]) -> int:
    """Runs one command of manage.py and returns its exit code."""
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        account = account_for(DEMO)
        return _manage(words, account, {**os.environ, **product_environment(DEMO, account)})
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _beside_the_demonstration(words)
        return _with_own_servers(words)


def _beside_the_demonstration(words: list[str]) -> int:
    saved = as_saved(DEMO)
    if not saved.exists():
        say("The demonstration is starting. Try again when it has printed its address.")
        return 1
    return _manage(words, account_for(DEMO), {**os.environ, **json.loads(saved.read_text())})


def _with_own_servers(words: list[str]) -> int:
    account = account_for(DEMO)
    supervisor = Supervisor(ROOT, ROOT / ".data" / "log", quiet=True)

    def begin() -> int:
        env = start_servers(supervisor, DEMO, account, durable=True)
        return _manage(words, account, {**env, **product_environment(DEMO, account)})

    return run_supervised(supervisor, begin, when_stopped=130)


def _manage(words: list[str], account: Account, env: dict[str, str]) -> int:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    if not WRITE_SOURCES.intersection(words[:1]):
        command = account.command(*command)
    return subprocess.run(command, cwd=Path.cwd(), env=env, check=False).returncode
