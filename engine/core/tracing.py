"""Traces by OpenTelemetry: one way from the web through the outbox and a worker to a store.

The only door to opentelemetry. Without OTEL_EXPORTER_OTLP_ENDPOINT everything here does nothing. Names and
attributes of spans hold kinds of things, never what somebody typed or who it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
Kind = Literal["server", "producer", "consumer", "client", "internal"]
LONGEST = 55  # of a traceparent, W3C Trace Context


def is_on() -> bool:
    """Whether a receiver is named."""
    return any(os.environ.get(name) for name in ENDPOINTS)


def here() -> str:
    """The traceparent of what runs now, to be kept with what goes on elsewhere; empty without a trace."""
    if not is_on():
        return ""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get("traceparent", "")


@contextmanager
def span(
    name: str, kind: Kind = "internal", *, parent: str = "", **attributes: str | int
) -> Iterator[Span | None]:
    """One piece of work; with a parent it goes on with that trace. An error marks it, by its class only."""
    if not is_on():
        yield None
        return
    from opentelemetry import trace
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = TraceContextTextMapPropagator().extract({"traceparent": parent}) if parent else None
    tracer = _provider(os.getpid()).get_tracer("caseway")
    options: Any = {"kind": trace.SpanKind[kind.upper()], "attributes": _dotted(attributes)}
    with tracer.start_as_current_span(
        name, context, record_exception=False, set_status_on_exception=False, **options
    ) as begun:
        try:
            yield Span(begun)
        except BaseException as error:
            begun.set_status(trace.StatusCode.ERROR, type(error).__name__)
            raise


class Span:
    """What can be told of a span while it is open."""

    def __init__(self, begun: Any) -> None:
        self._begun = begun

    def tell(self, name: str = "", *, failed: bool = False, **attributes: str | int) -> None:
        """A better name, what came of it, and whether that is a failure."""
        from opentelemetry.trace import StatusCode

        if name:
            self._begun.update_name(name)
        self._begun.set_attributes(_dotted(attributes))
        if failed:
            self._begun.set_status(StatusCode.ERROR)


def _dotted(attributes: Mapping[str, str | int]) -> dict[str, str | int]:
    return {name.replace("__", "."): value for name, value in attributes.items()}


@cache
def _provider(_pid: int) -> TracerProvider:
    """One for each process: the thread that sends does not live on in a child."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = os.environ.get("OTEL_SERVICE_NAME", "caseway")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
