"""The program that answers Prometheus."""

import signal
import socket
import threading
import time
import urllib.request
from io import StringIO

import pytest
from django.core.management import call_command


def test_it_answers_until_it_is_told_to_stop(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handlers: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    out = StringIO()
    words = ("serve_metrics", "--port", str(port), "--address", "127.0.0.1")
    program = threading.Thread(target=call_command, args=words, kwargs={"stdout": out})
    program.start()
    while not out.getvalue():
        time.sleep(0.05)
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with browser.open(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        told = answer.read().decode()
    assert 'caseway_up{server="database"} 1.0' in told
    assert 'caseway_up{server="redis"} 1.0' in told
    handlers[signal.SIGTERM]()  # type: ignore[operator]
    program.join(timeout=10)
    assert not program.is_alive()
