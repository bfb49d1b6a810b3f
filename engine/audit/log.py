"""Appending to the audit record: one plain INSERT, in the transaction of what it records.

The database numbers the entry, chains it by hash and refuses every change (migration 0002). Appending locks
the chain until the transaction ends, so lock the case before its chain, as everywhere.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import connection
from django.utils import timezone

from engine.departments.models import User

TABLE = "audit_entry"
SYSTEM = "system"  # the chain of what concerns no department
COLUMNS = ("chain", "at", "actor_id", "actor_note", "department_id", "verb", "subject", "details")
_INSERT = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES "  # noqa: S608 - only names of this file


def case_chain(reference: str) -> str:
    """The chain of a case."""
    return f"case:{reference}"


def department_chain(key: str) -> str:
    """The chain of what concerns a department and no single case."""
    return f"department:{key}"


class Columns(TypedDict, total=False):
    """What may be said of an entry beside its verb and chain; details hold no personal data."""

    actor: User | None
    actor_note: str
    department_id: int | None
    subject: str
    details: Mapping[str, Any] | None
    at: datetime | None


def row(verb: str, *, chain: str, **columns: Unpack[Columns]) -> dict[str, Any]:
    """The columns of one entry as stored, for whoever writes many rows in one statement."""
    actor = columns.get("actor")
    return {
        "chain": chain,
        "at": columns.get("at") or timezone.now(),
        "actor_id": actor.pk if actor is not None else None,
        "actor_note": columns.get("actor_note", ""),
        "department_id": columns.get("department_id"),
        "verb": verb,
        "subject": columns.get("subject", ""),
        "details": canonical(columns.get("details") or {}),
    }


def canonical(details: Mapping[str, Any]) -> str:
    """JSON with one spelling: sorted keys, no spaces, ASCII only."""
    return json.dumps(details, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)


def append(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write entries made by `row`, in their order, in one statement."""
    entries = list(rows)
    if entries:
        values = [entry[column] for entry in entries for column in COLUMNS]
        places = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * len(entries))
        with connection.cursor() as cursor:
            cursor.execute(_INSERT + places, values)


def record(verb: str, *, chain: str, **columns: Unpack[Columns]) -> None:
    """Append one entry; the columns are those of `row`."""
    append([row(verb, chain=chain, **columns)])


def record_read(
    user: User, *, chain: str, department_id: int | None, subject: str, fields: Iterable[str]
) -> None:
    """Append that a person was shown personal data: the keys of the fields, never their values."""
    record(
        "personal_data.read",
        chain=chain,
        actor=user,
        department_id=department_id,
        subject=subject,
        details={"fields": sorted(fields)},
    )
