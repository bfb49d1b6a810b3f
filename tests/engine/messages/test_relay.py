"""The relay, with a real Redis, a real worker, and with no Redis at all."""

import time
from collections.abc import Iterator
from io import StringIO

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.core.management import CommandError, call_command

from engine.messages import relay
from engine.messages.models import OutboxMessage
from engine.messages.relay import Away, Pace, hand_out
from engine.messages.tasks import deliver
from tests.engine.messages.conftest import Handler

QUEUE = "outbox-test"


@pytest.mark.django_db
def test_nothing_is_handed_out_while_the_site_can_only_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "is_read_only", lambda: True)
    with pytest.raises(Away, match="read-only"):
        hand_out()


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Iterator[str]:
    """A queue of our own, so that tests beside this one do not mind."""
    name = f"{QUEUE}-{worker_id}"
    monkeypatch.setattr(deliver, "queue", name, raising=False)
    yield name
    with deliver.app.connection_or_acquire() as connection:
        connection.default_channel.queue_purge(name)


def test_due_messages_are_handed_to_the_workers_once(message, queue: str) -> None:
    for number in range(3):
        message(str(number))
    assert (hand_out(2), hand_out(2), hand_out(2)) == (2, 1, 0)
    with deliver.app.connection_or_acquire() as connection:
        assert connection.default_channel.queue_declare(queue, passive=True).message_count == 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers_what_the_relay_hands_out(message, handled: Handler, queue: str) -> None:
    for number in range(3):
        message(str(number))
    worker = start_worker(deliver.app, queues=[queue], perform_ping_check=False, shutdown_timeout=20)
    with worker:
        out = StringIO()
        call_command("relay", "--once", stdout=out)
        wait_until_done(3)
    assert out.getvalue() == "3 messages handed out.\n"
    assert sorted(given["item"] for given in handled.given) == ["0", "1", "2"]


def wait_until_done(count: int) -> None:
    for _ in range(200):
        if OutboxMessage.objects.filter(state="done").count() == count:
            return
        time.sleep(0.05)


def test_without_redis_messages_stay_and_go_out_later(
    message, handled: Handler, queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Celery("away", broker="redis://127.0.0.1:1/0", set_as_current=False)

    @away.task(name=deliver.name)
    def unreachable(outbox_id: int) -> None:
        """Never called: nobody can send it."""

    monkeypatch.setattr(relay, "deliver", unreachable)
    for number in range(3):
        message(str(number))
    with pytest.raises(Away, match="broker"):
        hand_out()
    with pytest.raises(CommandError, match="broker cannot be reached"):
        call_command("relay", "--once")
    waiting = OutboxMessage.objects.filter(state="pending", leased_until=None, attempts=0)
    assert waiting.count() == 3
    monkeypatch.undo()
    monkeypatch.setattr(deliver, "queue", queue, raising=False)
    assert hand_out() == 3


def test_the_pace_slows_down_while_something_is_away() -> None:
    pace = Pace()
    assert pace.after(50, 50) == 0
    assert pace.after(3, 50) == 0.5
    assert [pace.after_away(Away("broker")) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert pace.after(0, 50) == 0.5
    assert pace.after_away(Away("database")) == 1
