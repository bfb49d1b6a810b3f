"""Spans reach a receiver by OTLP; without one nothing is made."""

from __future__ import annotations

import os

import pytest

from engine.core import tracing
from tests.otlp import Receiver, received  # noqa: F401  fixture


def sent() -> None:
    """Everything that was ended is out."""
    tracing._provider(os.getpid()).force_flush()


def test_without_a_receiver_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tracing.ENDPOINTS:
        monkeypatch.delenv(name, raising=False)
    with tracing.span("work") as span:
        assert span is None
        assert tracing.here() == ""


def test_work_elsewhere_goes_on_with_the_same_trace(received: Receiver) -> None:  # noqa: F811
    with tracing.span("asked", "server"):
        kept = tracing.here()
    assert len(kept) == tracing.LONGEST
    with tracing.span("done later", "consumer", parent=kept), tracing.span("store nas put", size=3):
        pass
    sent()
    spans = {span.name: span for span in received.spans}
    assert {span.trace for span in received.spans} == {spans["asked"].trace}
    assert spans["done later"].parent == spans["asked"].number
    assert spans["store nas put"].parent == spans["done later"].number
    assert spans["store nas put"].attributes == {"size": 3}


def test_an_error_marks_the_span_by_its_class_and_takes_no_words_along(received: Receiver) -> None:  # noqa: F811
    with pytest.raises(ValueError, match="Leila"), tracing.span("work"):
        raise ValueError("Leila Haddad")
    sent()
    assert received.spans[0].failed
    assert not any(b"Leila" in body for body in received.raw)
    assert any(b"ValueError" in body for body in received.raw)


def test_what_is_no_traceparent_begins_a_trace_of_its_own(received: Receiver) -> None:  # noqa: F811
    with tracing.span("work", parent="<script>"):
        pass
    sent()
    assert received.spans[0].parent == ""
