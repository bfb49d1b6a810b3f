from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from engine.documents.scanning import Clamd, ScannerAway, configured_scanner

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM like clamd with one signature and a limit of 1 MB."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
            if len(data) > 1024 * 1024:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@pytest.fixture
def clamd() -> Iterator[str]:
    with Server(("127.0.0.1", 0), FakeClamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(("data", "found"), [(b"a" * 300_000, False), (b"before" + EICAR + b"after", True)])
def test_the_verdict_of_the_scanner_is_understood(clamd, data, found):
    assert Clamd(clamd).finds_virus(io.BytesIO(data)) is found


def test_a_file_that_the_scanner_does_not_finish_is_not_called_clean(clamd):
    with pytest.raises(ScannerAway):
        Clamd(clamd).finds_virus(io.BytesIO(b"a" * 3_000_000))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock"])
def test_a_scanner_that_is_down_is_said_to_be_away(address):
    with pytest.raises(ScannerAway):
        Clamd(address).finds_virus(io.BytesIO(b"x"))


def test_without_an_address_there_is_no_scanner(settings):
    settings.CLAMD_ADDRESS = ""
    assert configured_scanner() is None
