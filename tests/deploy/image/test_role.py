"""The roles of the image, started as a container would start them."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from deploy.image import alive, role
from tests.databases import address_of_this_database

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 60
browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def start(name: str, **env: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "deploy.image.role", name]
    bare = {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE"}}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env={**bare, **env}, text=True, **streams)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def read(port: int, path: str) -> str:
    with browser.open(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SECRET_KEY", None), ("UPLOAD_LIMIT_BYTES", "ten")],
)
def test_a_wrong_configuration_ends_with_one_line(
    variable: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"SECRET_KEY": "x", "DATABASE_URL": "postgres://a@127.0.0.1/b", "REDIS_URL": "redis://127.0.0.1"}
    for name in (*given, variable):
        monkeypatch.delenv(name, raising=False)
    asked = {**given, variable: value}
    process = start("web", **{name: text for name, text in asked.items() if text is not None})
    _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == role.WRONG_CONFIGURATION
    assert said.count("\n") == 1
    assert variable in said


def test_an_unknown_role_is_refused_with_the_names_of_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert role.main(["wbe"]) == 64
    assert "web, worker, scheduler, relay" in capsys.readouterr().err


def test_a_worker_serves_the_queues_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_QUEUES", "messages")
    assert role.worker()[-2:] == ["--queues", "messages"]
    monkeypatch.delenv("WORKER_QUEUES")
    assert "--queues" not in role.worker()


@pytest.fixture
def web(transactional_db: None, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    port, metrics = free_port(), free_port()
    env = {
        "WEB_PORT": str(port),
        "METRICS_PORT": str(metrics),
        "WEB_WORKERS": "1",
        "WEB_THREADS": "2",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "REQUEST_METRICS": "true",
        "LOG_FORMAT": "ecs",
        "STATIC_UNHASHED": "1",
        "SECRET_KEY": "test",
        "REDIS_URL": settings.REDIS_URL,
        "DATABASE_URL": address_of_this_database(),
    }
    process = start("web", **env)
    try:
        wait_for(port, process)
        yield process, port, metrics
    finally:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(PATIENCE_S * 5):
        try:
            read(port, "/livez")
        except OSError:
            assert process.poll() is None, process.communicate()
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the web server did not answer")


def test_the_web_server_counts_on_a_port_of_its_own_and_ends_without_losing_a_request(
    web: tuple[subprocess.Popen[str], int, int],
) -> None:
    process, port, metrics = web
    assert "<form" in read(port, "/accounts/login/")
    counted = read(metrics, "/metrics")
    assert 'django_http_responses_total_by_status_total{status="200"}' in counted
    assert "django_http_requests_latency_seconds_by_view_method_bucket" in counted
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read(port, "/metrics")
    slow = socket.create_connection(("127.0.0.1", port))
    slow.sendall(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n")  # not yet whole
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    finish = threading.Timer(1.0, slow.sendall, (b"\r\n",))
    finish.start()
    with slow:
        assert slow.recv(100).startswith(b"HTTP/1.1 200")
    assert process.wait(timeout=PATIENCE_S) == 0


def test_a_program_that_shows_no_sign_is_not_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "heartbeat"
    monkeypatch.setenv("HEARTBEAT_FILE", str(sign))
    assert alive.main([]) == 1
    sign.touch()
    assert alive.main([]) == 0
    os.utime(sign, (time.time() - 300, time.time() - 300))
    assert (alive.main(["400"]), alive.main(["200"])) == (0, 1)
