"""Programs of the product on the database of a test, with a Redis of its own; a test may kill them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import LazySettings

from deploy.embedded.redis import free_port, program_path
from engine.departments.models import User
from tests.databases import address_of_this_database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 300  # a busy machine takes long to start a worker
EVERY_S = 0.005
Start = Callable[..., subprocess.Popen[bytes]]


def worker(processes: int) -> tuple[str, ...]:
    """The arguments of a worker with so many processes."""
    celery = ("-m", "celery", "-A", "portal.config.celery", "worker")
    return (*celery, "-P", "prefork", "-c", str(processes), "-l", "WARNING")


RELAY = ("manage.py", "relay")


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    """What this test started; it is ended with everything that it started in turn."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in reversed(started):
        kill(process)


@pytest.fixture
def broker(processes: list[subprocess.Popen[bytes]], tmp_path: Path) -> str:
    """A Redis of this test alone, so that nobody else's worker takes its tasks."""
    port = free_port()
    argv = [
        "setpriv",
        "--pdeathsig=KILL",
        str(program_path(ROOT)),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
    ]
    processes.append(subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True))
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def start(
    processes: list[subprocess.Popen[bytes]],
    broker: str,
    settings: LazySettings,
    town: dict[str, User],
    tmp_path: Path,
) -> Start:
    """Starts a program of the product on the database of this test."""
    env = {
        **os.environ,
        "DATABASE_URL": address_of_this_database(),
        "REDIS_URL": broker,
        "SECRET_KEY": settings.SECRET_KEY,
        "STAFF_SECOND_FACTOR": "0",
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FOLDER": str(tmp_path / "mail"),
        "NAS_FOLDER": settings.DOCUMENT_STORES["nas"]["folder"],
        "CERTIFICATE_KEY": settings.CERTIFICATE_KEY,
        "CERTIFICATE_CHAIN": settings.CERTIFICATE_CHAIN,
    }

    def run(*argv: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"{len(processes)}.log").open("wb")
        command = ["setpriv", "--pdeathsig=KILL", sys.executable, *argv]  # it goes when the tests are killed
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        processes.append(process)
        return process

    return run


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9: the process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(happened: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait, and say what did not happen."""
    end = time.monotonic() + patience_s
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(EVERY_S)


def ask(broker: str, task: str, *arguments: Any) -> None:
    """Give a task to the workers, as the scheduler does; they listen to queues of these names only."""
    Celery(broker=broker).send_task(f"workflows.tasks.{task}", arguments, queue="sweeps")


def letters_in(folder: Path) -> list[Any]:
    """Every e-mail that left."""
    parts = [part for file in folder.iterdir() for part in file.read_bytes().split(b"-" * 79 + b"\n")]
    return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]
