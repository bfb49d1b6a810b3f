"""What stands in front of Redis with Sentinel: one address that leads to whichever server is the primary.

Sentinel is asked at each connection; in the data centre a load balancer does this. Connections are passed on
as they are; when a server dies they break, and the next one is led to its successor.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Sequence

from deploy.embedded.redis import free_port

PRIMARY = "caseway"
CHUNK = 65536


class Follower:
    """A listener on loopback; its threads end with the process."""

    def __init__(self, sentinels: Sequence[int]) -> None:
        """Listens at once."""
        self.sentinels, self.port = sentinels, free_port()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def primary(self) -> int | None:
        """The port of the primary, as the first Sentinel that answers names it."""
        for sentinel in self.sentinels:
            with contextlib.suppress(OSError, ValueError, IndexError):
                answer = ask(sentinel, f"SENTINEL get-master-addr-by-name {PRIMARY}")
                return int(answer.split("\r\n")[4])
        return None

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            port = self.primary()
            if port is None:
                return
            with socket.create_connection(("127.0.0.1", port), 2) as server:
                server.settimeout(None)
                threading.Thread(target=_pass_on, args=(server, client), daemon=True).start()
                _pass_on(client, server)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(CHUNK):
            target.sendall(piece)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def ask(port: int, *lines: str) -> str:
    """What a server of Redis answers to the last of these commands."""
    with socket.create_connection(("127.0.0.1", port), 1) as line:
        for text in lines:
            line.sendall(f"{text}\r\n".encode())
            answer = line.recv(CHUNK).decode()
    return answer
