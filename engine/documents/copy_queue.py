"""What the replica is asked for: a row for the bytes under a key, written with the row of the document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from engine.departments.models import Department
from engine.documents.models import DocumentCopy
from engine.documents.regions import may_lie
from engine.documents.storage import REPLICA, has_replica

LEASE = timedelta(minutes=5)
Wish, State = DocumentCopy.Wish, DocumentCopy.State
_TABLE = DocumentCopy._meta.db_table
# a wish that stands already is left alone, unless it is to be done once more
_ASK = f"""
INSERT INTO {_TABLE} AS known
  (storage_key, department_id, wish, state, attempts, asked_at, due_at, last_error)
VALUES (%(key)s, %(department)s, %(wish)s, 'pending', 0, %(now)s, %(now)s, '')
ON CONFLICT (storage_key) DO UPDATE SET wish = excluded.wish, state = 'pending', attempts = 0,
  asked_at = excluded.asked_at, due_at = excluded.due_at, leased_until = NULL, done_at = NULL, last_error = ''
WHERE known.wish <> excluded.wish OR (%(again)s AND known.state <> 'pending')
"""  # noqa: S608 - only the name of our table


def is_wanted(department: Department) -> bool:
    """Whether there is a replica, in a region that the department allows."""
    return has_replica() and may_lie(department, REPLICA)


def ask_for_copy(key: str, department: Department, *, again: bool = False) -> None:
    """Ask, in the transaction of the document, that the replica gets these bytes."""
    if is_wanted(department):
        _ask(key, department.pk, Wish.COPY, again)


def ask_for_removal(key: str, department_id: int, *, again: bool = False) -> None:
    """Ask, in the transaction that forgets the document, that the replica forgets these bytes."""
    if has_replica():
        _ask(key, department_id, Wish.REMOVE, again)


def _ask(key: str, department_id: int, wish: DocumentCopy.Wish, again: bool) -> None:
    asked: dict[str, Any] = {"key": key, "department": department_id, "wish": wish.value, "again": again}
    asked["now"] = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_ASK, asked)


def lease_due(limit: int) -> list[int]:
    """Take due rows and count the attempt before it is made; two never take the same."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = DocumentCopy.objects.filter(free, state=State.PENDING, due_at__lte=now).order_by("due_at", "id")
    with transaction.atomic():
        chosen = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        if chosen:
            rows = DocumentCopy.objects.filter(pk__in=chosen)
            rows.update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    return chosen
