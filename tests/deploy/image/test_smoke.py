"""What is asked of new pods."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import resolve

from deploy.image import smoke
from portal.config.health import PROBES


@pytest.fixture
def site() -> Iterator[Callable[[dict[str, int]], tuple[str, list[str]]]]:
    servers: list[HTTPServer] = []

    def serve(answers: dict[str, int], redis: str = "ready") -> tuple[str, list[str]]:
        hosts: list[str] = []

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hosts.append(self.headers["Host"])
                self.send_response(answers.get(self.path, 200))
                self.end_headers()
                self.wfile.write(b'{"database": "ready", "redis": "%s"}' % redis.encode())

            def log_message(self, *_: object) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Answers))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}", hosts

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_pods_that_answer_get_the_traffic(site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "services.example.gov,127.0.0.1")
    address, hosts = site({})
    assert smoke.main([address]) == 0
    assert hosts == ["services.example.gov"] * len(smoke.PAGES)


@pytest.mark.parametrize(("path", "status"), [("/readyz", 503), ("/", 500), ("/accounts/login/", 404)])
def test_one_page_that_does_not_answer_is_enough_to_stay(
    path: str, status: int, site, capsys: pytest.CaptureFixture[str]
) -> None:
    address, _ = site({path: status})
    assert smoke.main([address]) == 1
    assert capsys.readouterr().out == f"{path}: {status}\n"


def test_new_pods_wait_while_a_server_is_away_that_those_which_run_live_without(
    site, capsys: pytest.CaptureFixture[str]
) -> None:
    address, _ = site({}, redis="away")
    assert smoke.main([address]) == 1
    assert capsys.readouterr().out == "/readyz: redis away\n"


def test_pods_that_are_not_there_are_named() -> None:
    assert smoke.trouble("http://127.0.0.1:1", "/readyz", "x").startswith("/readyz: ")


def test_the_pages_that_are_asked_exist() -> None:
    assert all(path in PROBES or resolve(path) for path in smoke.PAGES)
