"""How the product writes its log: a line a person reads, or one ECS object for Filebeat."""

from __future__ import annotations

from typing import Any

import ecs_logging
import structlog

PERSONAL = ("ip", "user_agent")


def leave_out(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Neither who asked from where, nor what was searched for: a query may hold a name."""
    for key in PERSONAL:
        event.pop(key, None)
    if isinstance(request := event.get("request"), str):
        event["request"] = request.split("?", 1)[0]
    return event


def configure(form: str) -> None:
    """Used by the settings: `plain` or `ecs`."""
    shared: list[Any] = [structlog.contextvars.merge_contextvars, leave_out]
    if form == "ecs":
        processors = [*shared, structlog.processors.format_exc_info, ecs_logging.StructlogFormatter()]
    else:
        processors = [
            *shared,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=True),
            structlog.dev.ConsoleRenderer(),
        ]
    structlog.configure(processors=processors)
