"""The outbox: what is to leave the process, written in the transaction that asks for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from engine.core.tracing import here
from engine.messages.models import OutboxMessage

TABLE = "outbox_message"
COLUMNS = (
    "topic",
    "payload",
    "department_id",
    "idempotency_key",
    "state",
    "attempts",
    "due_at",
    "created",
    "last_error",
    "trace",
)
_PUT = (
    f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
    " ON CONFLICT (idempotency_key) DO NOTHING"
)


def row(
    topic: str,
    payload: Mapping[str, Any],
    *,
    key: str,
    department_id: int | None = None,
    due_at: datetime | None = None,
) -> dict[str, Any]:
    """The columns of one message, for whoever writes many rows in one statement; only ids in the payload."""
    now = timezone.now()
    return {
        "topic": topic,
        "payload": Jsonb(dict(payload)),
        "department_id": department_id,
        "idempotency_key": key,
        "state": OutboxMessage.State.PENDING.value,
        "attempts": 0,
        "due_at": due_at or now,
        "created": now,
        "last_error": "",
        "trace": here(),
    }


def put(
    topic: str,
    payload: Mapping[str, Any],
    *,
    key: str,
    department_id: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """Ask for one thing to be done after this transaction; the same key asks once."""
    columns = row(topic, payload, key=key, department_id=department_id, due_at=due_at)
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [columns[name] for name in COLUMNS])
