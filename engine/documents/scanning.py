"""The virus scanner behind a port: clamd, spoken to over its own small protocol."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from django.conf import settings

CHUNK = 64 * 1024
PATIENCE_S = 30


class ScannerAway(Exception):
    """The scanner did not answer, or could not finish; nothing is known about the file."""


class Scanner(Protocol):
    """Says whether a file is clean."""

    def finds_virus(self, file: BinaryIO) -> bool:
        """True when a virus was found; raises ScannerAway when it could not be told."""


class Clamd:
    """A clamd daemon at "host:port" or at the path of its Unix socket."""

    def __init__(self, address: str) -> None:
        self.address = address

    def finds_virus(self, file: BinaryIO) -> bool:
        """Send the file in pieces (INSTREAM) and read the verdict."""
        file.seek(0)
        try:
            with _connected(self.address) as line:
                _send(line, file)
                verdict = _answer(line)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from error
        if verdict.endswith(" FOUND"):
            return True
        if verdict.endswith(": OK"):
            return False
        raise ScannerAway("the scanner could not finish")


def configured_scanner() -> Scanner | None:
    """The scanner of this installation, or None where none is set up."""
    return Clamd(settings.CLAMD_ADDRESS) if settings.CLAMD_ADDRESS else None


@contextlib.contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE_S)
        with line:
            line.connect(address)
            yield line
        return
    host, _, port = address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as line:
        yield line


def _send(line: socket.socket, file: BinaryIO) -> None:
    """A broken pipe here means that clamd has had enough (its size limit): its answer says why."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(CHUNK):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (piece := line.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
