"""Redis as Celery's broker, mended where the loss of its connection ended a worker.

kombu 5.7 closes the channel of a lost connection twice. The second time the connection is taken apart
already, and where tasks are under way it fails with an error that Celery does not know as the loss of a
connection: the worker ends instead of connecting again.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as Lost


class Channel(redis.Channel):
    """A channel that says in the words of Redis that its connection is gone."""

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise Lost("the connection of this channel was lost")
        return super()._connparams(asynchronous)  # type: ignore[no-untyped-call]


class Transport(redis.Transport):
    """kombu's own, with these channels."""

    Channel = Channel


def use() -> None:
    """Let every address of Redis be reached by it."""
    TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), f"{__name__}:Transport"))
