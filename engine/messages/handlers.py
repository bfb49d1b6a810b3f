"""Who does what a message asks for: one handler for each topic.

An app registers its handlers in a module `outbox_handlers`, found when the first message is delivered. A
handler runs in a transaction that also marks its message done. It may be called again after a crash, so what
it does outside the database must be safe to repeat.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

from engine.messages.models import OutboxMessage

Handler = Callable[[Mapping[str, Any], OutboxMessage], None]
_handlers: dict[str, Handler] = {}


class NoHandler(Exception):
    """Nobody handles this topic in this release."""


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register the function that handles a topic; a second one for the same topic is refused."""

    def register(function: Handler) -> Handler:
        known = _handlers.setdefault(topic, function)
        if known is not function:
            raise ValueError(f'The topic "{topic}" has a handler already.')
        return function

    return register


def handler_of(topic: str) -> Handler:
    """The handler of a topic."""
    _discover()
    try:
        return _handlers[topic]
    except KeyError:
        raise NoHandler(f'Nobody handles "{topic}".') from None


@cache
def _discover() -> None:
    autodiscover_modules("outbox_handlers")
