"""A small receiver of OpenTelemetry traces on the loopback, and what came to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from engine.core import tracing


@dataclass(frozen=True)
class Seen:
    """One span as it arrived."""

    name: str
    trace: str
    number: str
    parent: str
    attributes: dict[str, Any]
    failed: bool


@dataclass
class Receiver:
    """Where spans are sent."""

    address: str = ""
    spans: list[Seen] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        """Read one request of an exporter."""
        self.raw.append(body)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                self.spans += [_seen(span) for span in scope.spans]

    def named(self, beginning: str) -> list[Seen]:
        """Spans whose name begins so."""
        return [span for span in self.spans if span.name.startswith(beginning)]


def _seen(span: Any) -> Seen:
    values = {each.key: each.value.string_value or each.value.int_value for each in span.attributes}
    numbers = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
    return Seen(span.name, *numbers, values, span.status.code == 2)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listens until the end of the block."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver that this process sends to."""
    with receiver() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.address)
        tracing._provider.cache_clear()
        yield found
        tracing._provider.cache_clear()
