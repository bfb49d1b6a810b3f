"""Another machine on this one: answers as a test wants, remembers what it was asked, and stops by itself."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


@dataclass
class Machine:
    """What it was asked, and what it says next: a status with a body, or a function of the request."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    says: Callable[[Asked], tuple[int, bytes, dict[str, str]]] = lambda asked: (200, b"{}", {})

    def answers(self, status: int, data: Any = None, **headers: str) -> None:
        """Say this from now on; bytes as they are, anything else as JSON."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.says = lambda asked: (status, body, named)


@contextmanager
def running_machine() -> Iterator[Machine]:
    """A machine on a free port of the loopback."""
    machine = Machine()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            machine.asked.append(asked)
            status, body, more = machine.says(asked)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815

        def write(self, body: bytes) -> None:
            """All at once; what begins with `slow` byte by byte."""
            for piece in [body[at : at + 1] for at in range(len(body))] if body[:4] == b"slow" else [body]:
                try:
                    self.wfile.write(piece)
                    self.wfile.flush()
                except OSError:
                    return
                if len(piece) == 1 and body[:4] == b"slow":
                    time.sleep(0.05)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    machine.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield machine
    finally:
        server.shutdown()
        server.server_close()
