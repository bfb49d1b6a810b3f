"""How the product writes its log: a line a person reads, or one ECS object for Filebeat."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

import ecs_logging
import structlog
from django.core.exceptions import ImproperlyConfigured

PERSONAL = ("ip", "user_agent")
FORMS: dict[str, list[Any]] = {
    "ecs": [structlog.processors.format_exc_info, ecs_logging.StructlogFormatter()],
    "plain": [
        structlog.processors.add_log_level,
        structlog.processors.StackInfoRenderer(),
        structlog.dev.set_exc_info,
        structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=True),
        structlog.dev.ConsoleRenderer(),
    ],
}


def leave_out(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Neither who asked from where, nor what was searched for: a query may hold a name."""
    for key in PERSONAL:
        event.pop(key, None)
    if isinstance(request := event.get("request"), str):
        event["request"] = request.split("?", 1)[0]
    return event


class WithoutRequest(logging.Filter):
    """Django hands its request along; written out, it would show what was asked behind the ?."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, without the request."""
        record.__dict__.pop("request", None)
        return True


def configure(form: str, level: str) -> dict[str, Any]:
    """Set up structlog, and give what `LOGGING` must be; the form is `plain` or `ecs`."""
    if form not in FORMS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {form!r}; there are {', '.join(FORMS)}")
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, leave_out, *FORMS[form]])
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"format": "%(levelname)s %(name)s %(message)s"},
            "ecs": {"()": "ecs_logging.StdlibFormatter"},  # one JSON object a line, as Filebeat reads it
        },
        "filters": {"without_request": {"()": WithoutRequest}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["without_request"],
            }
        },
        "loggers": {"weasyprint.progress": {"level": "WARNING"}},  # seven lines for each PDF
        "root": {"handlers": ["console"], "level": level},
    }
