"""Delivering messages: once, again after a crash, later after a failure, and not for ever."""

import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from engine.departments.models import User
from engine.messages.delivery import MOST_ATTEMPTS, deliver_all, deliver_one, lease_due, safe_text
from engine.messages.models import OutboxMessage
from tests.engine.messages.conftest import Handler


def fail(message: OutboxMessage) -> None:
    raise ConnectionRefusedError(111, "Leila Haddad's address")


def due_again() -> None:
    OutboxMessage.objects.update(due_at=timezone.now(), leased_until=None)


def test_a_message_is_handled_and_done(message, handled: Handler) -> None:
    one = message()
    assert deliver_all() == 1
    one.refresh_from_db()
    assert (one.state, one.attempts, one.leased_until) == ("done", 1, None)
    assert one.done_at is not None
    assert not deliver_one(one.pk)
    assert handled.given == [{"item": "one"}]


def test_a_message_that_is_not_due_waits(message, handled: Handler) -> None:
    message(due_at=timezone.now() + timedelta(minutes=1))
    assert deliver_all() == 0
    assert handled.given == []


def test_a_failure_is_tried_again_later_and_keeps_no_personal_data(message, handled: Handler) -> None:
    handled.then = fail
    one, before = message(), timezone.now()
    assert deliver_all() == 0
    one.refresh_from_db()
    assert (one.state, one.attempts, one.last_error) == ("pending", 1, "ConnectionRefusedError (111)")
    assert timedelta(seconds=20) < one.due_at - before < timedelta(seconds=40)
    assert deliver_all() == 0
    assert len(handled.given) == 1


def test_what_a_failing_handler_wrote_is_undone(message, handled: Handler) -> None:
    def write_and_fail(message: OutboxMessage) -> None:
        User.objects.create(email="half@example.org")
        raise ValueError

    handled.then = write_and_fail
    message()
    deliver_all()
    assert not User.objects.filter(email="half@example.org").exists()


def test_a_message_that_always_fails_is_given_up(message, handled: Handler) -> None:
    handled.then = fail
    one = message()
    for _ in range(MOST_ATTEMPTS + 2):
        due_again()
        deliver_all()
    one.refresh_from_db()
    assert (one.state, one.attempts, len(handled.given)) == ("dead", MOST_ATTEMPTS, MOST_ATTEMPTS)


def test_a_message_that_kills_its_worker_is_given_up(message, handled: Handler) -> None:
    def die(message: OutboxMessage) -> None:
        raise SystemExit

    handled.then = die
    one = message()
    for _ in range(MOST_ATTEMPTS):
        due_again()
        with pytest.raises(SystemExit):
            deliver_all()
    due_again()
    assert deliver_all() == 0
    one.refresh_from_db()
    assert (one.state, one.last_error) == ("dead", "The last attempt did not return.")


def test_a_topic_without_a_handler_is_kept(message) -> None:
    one = message()
    deliver_all()
    one.refresh_from_db()
    assert (one.state, one.last_error) == ("pending", "NoHandler")


def test_an_error_is_kept_by_its_kind_only() -> None:
    assert safe_text(ValueError("Leila Haddad")) == "ValueError"


@pytest.mark.django_db(transaction=True)
def test_two_relays_never_take_the_same_message(message, handled: Handler) -> None:
    for number in range(120):
        message(str(number))

    def lease(_: int) -> list[int]:
        try:
            return [pk for _ in range(6) for pk in lease_due(7)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [pk for leased in pool.map(lease, range(8)) for pk in leased]
    assert len(taken) == len(set(taken)) == 120


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_handed_out_twice_is_handled_once(message, handled: Handler) -> None:
    one = message()

    def deliver(_: int) -> bool:
        try:
            return deliver_one(one.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(deliver, range(24)))
    assert (done.count(True), len(handled.given)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_after_a_crash_a_message_goes_out_again_when_its_lease_ends(message, handled: Handler) -> None:
    one = message()
    crash = """
        import os, django
        django.setup()
        from engine.messages import delivery, handlers
        handlers.handler("test")(lambda payload, message: os._exit(9))
        delivery.deliver_one(delivery.lease_due(1)[0])
    """
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {**os.environ, "DATABASE_URL": database.geturl()}
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(crash)], env=environment, check=False)
    assert ended.returncode == 9
    assert deliver_all() == 0, "the lease has not ended"
    assert OutboxMessage.objects.get().state == "pending"
    OutboxMessage.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert deliver_all() == 1
    one.refresh_from_db()
    assert (one.state, one.attempts, len(handled.given)) == ("done", 2, 1)
