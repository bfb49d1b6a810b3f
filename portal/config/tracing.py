"""A span for each request, named by its route: the path itself may hold a reference or a link of somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import Resolver404, resolve

from engine.core import tracing

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
UNTRACED = ("/livez", "/readyz", "/static/", "/media/")


def traced(application: Application) -> Application:
    """The application itself where no receiver of traces is named."""
    return _with_spans(application) if tracing.is_on() else application


def _with_spans(application: Application) -> Application:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(UNTRACED):
            return application(environ, start_response)
        method, parent = str(environ["REQUEST_METHOD"]), str(environ.get("HTTP_TRACEPARENT", ""))
        route = _route(path)
        with tracing.span(f"{method} {route}", "server", parent=parent, http__route=route) as span:

            def begin(status: str, headers: Any, *error: Any) -> Any:
                code = int(status[:3])
                if span is not None:
                    span.tell(failed=code >= 500, http__response__status_code=code)
                return start_response(status, headers, *error)

            return application(environ, begin)

    return answer


def _route(path: str) -> str:
    """The pattern of an address, without what stands in its places."""
    try:
        return str(resolve(path).route)
    except Resolver404:
        return "(no such page)"
