"""Messages of a topic that only tests know, and what its handler was given."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.messages import handlers, outbox
from engine.messages.models import OutboxMessage

TOPIC = "test"


class Handler:
    """A handler to read: it keeps what it was given, and does what the test says."""

    def __init__(self) -> None:
        self.given: list[Mapping[str, Any]] = []
        self.then: Callable[[OutboxMessage], None] = lambda message: None

    def __call__(self, payload: Mapping[str, Any], message: OutboxMessage) -> None:
        self.given.append(payload)
        self.then(message)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Handler:
    handler = Handler()
    monkeypatch.setitem(handlers._handlers, TOPIC, handler)
    return handler


@pytest.fixture
def message(db: None) -> Callable[..., OutboxMessage]:
    def make(key: str = "one", **columns: Any) -> OutboxMessage:
        outbox.put(TOPIC, {"item": key}, key=key, **columns)
        return OutboxMessage.objects.get(idempotency_key=key)

    return make
