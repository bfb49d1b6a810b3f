"""Putting messages into the outbox."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import Department
from engine.messages import outbox
from engine.messages.models import OutboxMessage


def test_a_message_waits_to_go_out(licensing: Department) -> None:
    due = timezone.now() + timedelta(hours=1)
    outbox.put("case.sent", {"case": 7}, key="case:7:sent", department_id=licensing.pk, due_at=due)
    message = OutboxMessage.objects.get()
    assert (message.topic, message.payload, message.state) == ("case.sent", {"case": 7}, "pending")
    assert (message.department, message.due_at, message.attempts) == (licensing, due, 0)


def test_the_same_key_is_put_once_in_one_statement(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        with django_assert_num_queries(1):
            outbox.put("t", {"n": number}, key="same")
    assert OutboxMessage.objects.get().payload == {"n": 0}


def test_what_is_rolled_back_never_goes_out(db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.put("t", {}, key="lost")
        raise ZeroDivisionError
    assert not OutboxMessage.objects.exists()


def test_rows_can_be_written_many_at_once(licensing: Department) -> None:
    rows = [outbox.row("t", {"n": n}, key=f"k{n}", department_id=licensing.pk) for n in range(3)]
    place = f"({', '.join(['%s'] * len(outbox.COLUMNS))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {outbox.TABLE} ({', '.join(outbox.COLUMNS)}) VALUES {', '.join([place] * 3)}",
            [row[column] for row in rows for column in outbox.COLUMNS],
        )
    assert [message.payload["n"] for message in OutboxMessage.objects.order_by("id")] == [0, 1, 2]
