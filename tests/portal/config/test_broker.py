"""A worker must outlive its broker."""

from __future__ import annotations

import uuid
from typing import NoReturn

import pytest
from redis.exceptions import ConnectionError as Lost

from portal.config.celery import app


def test_a_lost_connection_with_a_task_under_way_is_let_go_and_an_answer_that_comes_late_is_no_mistake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = f"lost-{uuid.uuid4()}"
    with app.connection_for_write() as other:
        other.SimpleQueue(name).put("a task")
    connection = app.connection_for_read()
    message = connection.SimpleQueue(name).get(timeout=5)

    def server_is_gone() -> NoReturn:
        raise Lost

    monkeypatch.setattr(message.channel, "_in_poll", True)  # it waits for the next task when the line breaks
    monkeypatch.setattr(message.channel, "_brpop_read", server_is_gone)
    connection.collect(socket_timeout=1.0)  # these two are what a worker does before it connects again
    monkeypatch.setattr(message.channel, "_in_poll", False)
    connection.release()
    with pytest.raises(Lost, match="was lost") as refused:
        message.ack()
    assert isinstance(refused.value, connection.connection_errors)
