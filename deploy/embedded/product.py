"""What the demonstration runs of the product: commands to prepare it, and its programs.

The product is known here by names of commands and programs only; nothing of it is imported.
"""

from __future__ import annotations

import hashlib
import re
import socket
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from deploy.embedded.account import Account
from deploy.embedded.program import Program
from deploy.embedded.servers import ROOT

BIN = Path(sys.executable).parent
FLOORS = ("engine", "forms_library", "workflows", "portal")
WORKER_PROCESSES = "2"
START_WITHIN_S = 300.0  # a busy small machine imports for minutes
_browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def has_command(name: str, root: Path = ROOT) -> bool:
    """Whether manage.py knows the command."""
    return any(any((root / floor).glob(f"**/management/commands/{name}.py")) for floor in FLOORS)


def manage_command(account: Account, *words: str) -> list[str]:
    """A command of manage.py under the demonstration's account."""
    return account.command(sys.executable, str(ROOT / "manage.py"), *words)


def web(account: Account, env: Mapping[str, str], listener: socket.socket, processes: int = 2) -> Program:
    """The web server on a socket that the launcher holds: while it is started again, requests wait."""
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/readyz"
    options = (
        "--worker-class",
        "gthread",
        "--workers",
        str(processes),
        "--threads",
        "8",
        "--max-requests",
        "5000",
        "--preload",
    )
    argv = (
        str(BIN / "gunicorn"),
        "portal.config.wsgi",
        "--bind",
        f"fd://{listener.fileno()}",
        *options,
        "--no-control-socket",
    )
    return Program(
        "web",
        account.command(*argv),
        env,
        lambda: _answers(address),
        ready_within_s=START_WITHIN_S,
        stop_within_s=15,
        floor=1,
        pass_fds=(listener.fileno(),),
    )


def background(account: Account, env: Mapping[str, str], data: Path) -> list[Program]:
    """Worker, scheduler and relay; each writes a line when it is ready."""
    celery = (str(BIN / "celery"), "-A", "portal.config")
    schedule = account.private_folder(data / "schedule") / "beat"
    worker = (
        *celery,
        "worker",
        "-c",
        WORKER_PROCESSES,
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    )
    scheduler = (*celery, "beat", "--pidfile=", "-s", str(schedule), "--loglevel", "INFO")
    relay = (sys.executable, str(ROOT / "manage.py"), "relay")
    signs = {
        "worker": (worker, r"\bready\."),
        "scheduler": (scheduler, r"beat: Starting"),
        "relay": (relay, r"relay is ready"),
    }
    return [
        Program(name, account.command(*argv), env, re.compile(sign), ready_within_s=START_WITHIN_S, floor=1)
        for name, (argv, sign) in signs.items()
    ]


def listen(first: int, tries: int = 50) -> socket.socket | None:
    """A listening socket on the first free loopback port, None where all are taken."""
    for port in range(first, first + tries):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(512)
        except OSError:
            listener.close()
            continue
        listener.set_inheritable(True)
        return listener
    return None


def static_files_digest(root: Path = ROOT) -> str:
    """Changes when a static file of ours or the set of packages changes."""
    found = hashlib.sha256((root / "requirements" / "dev.txt").read_bytes())
    for floor in FLOORS:
        for path in sorted((root / floor).glob("**/static/**/*")):
            if path.is_file():
                found.update(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}\n".encode())
    return found.hexdigest()


def _answers(address: str) -> bool:
    try:
        with _browser.open(address, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
