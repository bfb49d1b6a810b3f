"""Two schedulers: one sends, and the other takes over when it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from deploy.embedded.redis import free_port, program_path
from portal.config import beat, lease
from tests.house import ROOT

Start = Callable[[str], subprocess.Popen[bytes]]


def until(holds: Callable[[], object], what: str, patience_s: float = 120) -> None:
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.2)


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[redis.Redis]:
    """A Redis of this test alone, in which no worker takes anything."""
    port = free_port()
    argv = [str(program_path(ROOT)), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    until(lambda: server.poll() is None and answers(client), "Redis answers")
    yield client
    client.close()
    server.terminate()
    server.wait()


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@pytest.fixture
def start(tmp_path: Path, queue: redis.Redis) -> Iterator[Start]:
    begun: list[subprocess.Popen[bytes]] = []
    port = queue.connection_pool.connection_kwargs["port"]

    def start(name: str) -> subprocess.Popen[bytes]:
        env = {
            **os.environ,
            "REDIS_URL": f"redis://127.0.0.1:{port}/0",
            "HEARTBEAT_FILE": str(tmp_path / name),
        }
        argv = [sys.executable, "-m", "celery", "-A", "portal.config", "beat", "--pidfile="]
        argv += ["--schedule", str(tmp_path / f"{name}.schedule")]
        log = (tmp_path / f"{name}.log").open("wb")
        begun.append(subprocess.Popen(argv, cwd=ROOT, env=env, stdout=log, stderr=log))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


def senders(queue: redis.Redis) -> list[int]:
    """Who sent each task, the newest first."""
    lines: list[bytes] = queue.lrange("sweeps", 0, -1)  # type: ignore[assignment]
    origins = [json.loads(line)["headers"]["origin"] for line in lines]
    return [int(origin.removeprefix("gen").partition("@")[0]) for origin in origins]


@pytest.mark.slow  # three programs import the product
def test_of_two_schedulers_one_sends_and_the_other_takes_over_when_it_is_killed(
    start: Start, queue: redis.Redis, tmp_path: Path
) -> None:
    processes = {process.pid: process for process in (start("first"), start("second"))}
    until(lambda: all((tmp_path / name).exists() for name in ("first", "second")), "both show a sign of life")
    until(lambda: len(senders(queue)) >= 8, "tasks are sent")
    [holder] = set(senders(queue))
    processes[holder].send_signal(signal.SIGKILL)
    processes[holder].wait()
    queue.delete("sweeps")
    [other] = set(processes) - {holder}
    until(lambda: senders(queue), "the other one takes over")
    assert set(senders(queue)) == {other}
    third = start("third")
    until(lambda: (tmp_path / "third").exists(), "the third shows a sign of life")
    processes[other].send_signal(signal.SIGTERM)
    processes[other].wait()
    queue.delete("sweeps")
    until(lambda: senders(queue), "the third takes over from one that ended in order")
    assert set(senders(queue)) == {third.pid}


def test_who_sends_asks_for_the_lease_often_enough_to_keep_it() -> None:
    assert max(beat.ASK_AGAIN_S, beat.LOOK_AGAIN_S) * 2 < lease.SILENT_S
