"""Sealing stored answers anew under the current key, so that an old key can be taken away.

Whatever is sealed with another key than the current one is found in the database itself, so a run that was
stopped goes on where it was, and a second run finds nothing. Each batch is one transaction with its entry in
the audit record.
"""

# ruff: noqa: S608 - only names of our own tables and columns are put into SQL here

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from engine.audit import log as audit
from engine.core.sealing import KeyRing, NoKeys, SealingFailed, is_sealed, key_of, reseal
from workflows.models import Amendment, Case, CaseMove, Draft, IncomingMessage, Submission, WorkItem
from workflows.sealed_fields import ring

log = logging.getLogger(__name__)
SEALED = '$.**."~sealed"'
AT_ONCE = 200
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Store:
    """A column that holds sealed answers, and what they are bound to: of the row, and of the way to them."""

    table: str
    column: str
    place: Callable[[Row, str], str]
    beside: str = "id"  # a second column that the place needs


@dataclass
class Resealed:
    """What a run did."""

    values: Counter[str] = field(default_factory=Counter)  # by table
    failed: list[str] = field(default_factory=list)


def _of_draft(column: str) -> Store:
    return Store(Draft._meta.db_table, column, lambda row, way: f"draft:{row[0]}/{column}.{way}")


def _of_move(row: Row, way: str) -> str:
    """What a case was before it was moved is bound as in the case and its work items."""
    part, _, rest = way.partition(".")
    if part == "data":
        return f"case:{row[2]}/{rest}"
    _, _, name = rest.partition(".data.answers.")
    node = row[1]["items"][rest.partition(".")[0]]["node_key"]
    return f"case:{row[2]}/work.{node}.{name}"


STORES = (
    _of_draft("answers"),
    _of_draft("raw"),
    _of_draft("prefilled"),
    Store(Case._meta.db_table, "data", lambda row, way: f"case:{row[0]}/{way}"),
    Store(Submission._meta.db_table, "answers", lambda row, way: f"case:{row[2]}/answers.{way}", "case_id"),
    Store(Amendment._meta.db_table, "answers", lambda row, way: f"case:{row[2]}/answers.{way}", "case_id"),
    Store(
        WorkItem._meta.db_table,
        "data",
        lambda row, way: f"case:{row[2][0]}/work.{row[2][1]}.{way.removeprefix('answers.')}",
        "jsonb_build_array(process_id, node_key)",
    ),
    Store(
        IncomingMessage._meta.db_table,
        "said",
        lambda row, way: f"message:{row[2]}.{way}",
        "department_id::text || ':' || message_id",
    ),
    Store(CaseMove._meta.db_table, "before", _of_move, "case_id"),
)


def sealed_by_key() -> dict[str, Counter[str]]:
    """How many sealed values each key holds, by table."""
    found: dict[str, Counter[str]] = {}
    for store in STORES:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT v->>'key', count(*) FROM {store.table}, jsonb_path_query({store.column}, %s) v "
                "GROUP BY 1",
                [SEALED],
            )
            for key, number in cursor.fetchall():
                found.setdefault(str(key), Counter())[store.table] += number
    return found


def reseal_answers(*, at_once: int = AT_ONCE, said: Callable[[str], None] = log.info) -> Resealed:
    """Seal everything under the current key; what can not be opened stays as it is and is named."""
    keys, done = ring(), Resealed()
    if not keys:
        raise NoKeys
    for store in STORES:
        last: Any = None
        while True:
            with transaction.atomic():
                rows = _rows(store, keys.current, last, at_once)
                number = sum(_row(store, row, keys, done.failed) for row in rows)
                if number:
                    _record(store, keys.current, number)
            if not rows:
                break
            last = rows[-1][0]
            done.values[store.table] += number
            said(f"{store.table}.{store.column}: {done.values[store.table]} sealed anew")
    return done


def _rows(store: Store, current: str, last: Any, at_once: int) -> list[Row]:
    """The next rows with something under another key, locked."""
    after = "" if last is None else "AND id > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {store.column}::text, {store.beside} FROM {store.table} "
            f"WHERE jsonb_path_exists({store.column}, %s, %s::jsonb) {after} ORDER BY id LIMIT %s FOR UPDATE",
            [
                f"{SEALED} ? (@.key != $key)",
                json.dumps({"key": current}),
                *([last] if after else []),
                at_once,
            ],
        )
        found = cursor.fetchall()
    return [(key, json.loads(text), _parsed(beside)) for key, text, beside in found]


def _parsed(beside: Any) -> Any:
    """Django's connection gives JSON as text."""
    return json.loads(beside) if isinstance(beside, str) and beside.startswith("[") else beside


def _row(store: Store, row: Row, keys: KeyRing, failed: list[str]) -> int:
    number = 0
    for way, holder, name in list(_sealed_in(row[1], ())):
        if key_of(holder[name]) == keys.current:
            continue
        try:
            holder[name] = reseal(keys, holder[name], store.place(row, way))
            number += 1
        except SealingFailed as error:
            failed.append(f"{store.table} {row[0]}: {error}")
    if number:
        with connection.cursor() as cursor:
            sql = f"UPDATE {store.table} SET {store.column}=%s::jsonb WHERE id=%s"
            cursor.execute(sql, [json.dumps(row[1]), row[0]])
    return number


def _sealed_in(value: dict[str, Any], way: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every sealed value: the way to it, what holds it and under which name."""
    for name, part in value.items():
        if is_sealed(part):
            yield ".".join([*way, name]), value, name
        elif isinstance(part, dict):
            yield from _sealed_in(part, (*way, name))


def _record(store: Store, key: str, number: int) -> None:
    audit.record(
        "answers.resealed",
        chain=audit.SYSTEM,
        actor_note="reseal_answers",
        details={"table": store.table, "column": store.column, "values": number, "key": key},
    )
