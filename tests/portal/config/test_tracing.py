"""The span of a request: named by its route, with its status, and nothing of what was asked."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.test import RequestFactory

from engine.core import tracing
from portal.config.tracing import traced
from tests.otlp import Receiver, received  # noqa: F401  fixture


def application(status: str) -> Any:
    """Answers always so."""

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(status, [])
        return [b""]

    return answer


def ask(app: Any, path: str, **headers: str) -> None:
    app(RequestFactory().get(path, **headers).environ, lambda *_: None)
    tracing._provider(os.getpid()).force_flush()


def test_without_a_receiver_the_application_is_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tracing.ENDPOINTS:
        monkeypatch.delenv(name, raising=False)
    app = application("200 OK")
    assert traced(app) is app


def test_a_span_has_the_route_and_the_status_and_no_reference(received: Receiver) -> None:  # noqa: F811
    ask(traced(application("200 OK")), "/applications/TRL-2026-000001/?name=Leila")
    span = received.spans[0]
    assert span.name == "GET applications/<reference:reference>/"
    assert span.attributes == {"http.route": span.name[4:], "http.response.status_code": 200}
    assert not any(word in body for body in received.raw for word in (b"TRL-2026", b"Leila"))


def test_a_request_goes_on_with_the_trace_of_who_asked(received: Receiver) -> None:  # noqa: F811
    parent = f"00-{'a' * 32}-{'b' * 16}-01"
    ask(traced(application("200 OK")), "/applications/", HTTP_TRACEPARENT=parent)
    assert (received.spans[0].trace, received.spans[0].parent) == ("a" * 32, "b" * 16)


def test_an_answer_of_500_is_a_failure_and_probes_and_files_are_not_traced(received: Receiver) -> None:  # noqa: F811
    app = traced(application("500 Internal Server Error"))
    ask(app, "/livez")
    ask(app, "/static/x.css")
    ask(app, "/no/such/page.html")
    assert [(span.name, span.failed) for span in received.spans] == [("GET (no such page)", True)]
