"""Checking the audit record: every hash is computed anew and compared, in one pass over one snapshot.

This finds an entry that was altered, removed, inserted, moved or cut off at the end, also by a superuser with
triggers off. A whole chain that was removed with its head, or rewritten to its end with fresh hashes, shows
only against heads kept elsewhere: `manage.py verify_audit --save-heads FILE`, later `--heads FILE`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

HASH_FORMAT = "1"
BATCH = 2000

_WALK = """
SELECT coalesce(c.chain, e.chain), c.position, c.head, e.position, e.at, e.actor_id, e.actor_note,
       e.department_id, e.verb, e.subject, e.details, e.previous_hash, e.hash
FROM audit_chain c FULL JOIN audit_entry e ON e.chain = c.chain
WHERE %(chain)s = '' OR coalesce(c.chain, e.chain) = %(chain)s
ORDER BY 1, e.position
"""


class Line(NamedTuple):
    """One entry as stored, beside the head of its chain."""

    chain: str
    chain_position: int | None
    chain_head: str | None
    position: int | None
    at: datetime
    actor_id: int | None
    actor_note: str
    department_id: int | None
    verb: str
    subject: str
    details: str
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Break:
    """One place where a chain is not what it was."""

    chain: str
    position: int
    sentence: str


@dataclass(frozen=True)
class Head:
    """Where a chain ended when it was looked at."""

    position: int
    hash: str


@dataclass
class Report:
    """What a check found."""

    entries: int
    heads: dict[str, Head]
    breaks: list[Break]


def entry_hash(line: Line) -> str:
    """The hash of an entry: SHA-256 over each field as "<bytes>:<field>,", in the order of migration 0002."""
    fields = (
        HASH_FORMAT,
        line.chain,
        line.position,
        line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        line.actor_id,
        line.actor_note,
        line.department_id,
        line.verb,
        line.subject,
        line.details,
        line.previous_hash,
    )
    return hashlib.sha256(b"".join(_field(value) for value in fields)).hexdigest()


def _field(value: str | int | None) -> bytes:
    written = b"" if value is None else str(value).encode()
    return b"%d:%b," % (len(written), written)


def check(chain: str = "", kept: Mapping[str, Head] | None = None) -> Report:
    """Check one chain or all; with kept heads, also that each still lies on its chain."""
    report = Report(0, {}, [])
    kept = kept or {}
    for name, lines in groupby(_lines(chain), key=lambda line: line.chain):
        _check_chain(name, lines, kept.get(name), report)
    for name in kept.keys() - report.heads.keys():
        if chain in ("", name):
            report.breaks.append(Break(name, kept[name].position, "The whole chain is missing."))
    return report


def _lines(chain: str) -> Iterator[Line]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_WALK, {"chain": chain})
        while rows := _fetch(cursor):
            yield from (Line(*row) for row in rows)


def _fetch(cursor: CursorWrapper) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = cursor.fetchmany(BATCH)
    return rows


def _check_chain(name: str, lines: Iterator[Line], kept: Head | None, report: Report) -> None:
    """Walk one chain; after a break the walk goes on from what is stored, so each break is named once."""
    position, previous, line = 0, "", None
    for line in lines:
        if line.position is None:
            break
        report.entries += 1
        for sentence in _faults(line, position, previous):
            report.breaks.append(Break(name, line.position, sentence))
        position, previous = line.position, line.hash
        if kept and kept.position == position and kept.hash != line.hash:
            report.breaks.append(Break(name, position, "The entry is not the one that was kept elsewhere."))
    report.heads[name] = Head(position, previous)
    if line is not None and (line.chain_position, line.chain_head) != (position, previous):
        report.breaks.append(Break(name, position + 1, "The end of the chain is missing or was added to."))
    if kept and kept.position > position:
        report.breaks.append(Break(name, position + 1, "The chain is shorter than it was."))


def _faults(line: Line, position: int, previous: str) -> Iterator[str]:
    if line.position != position + 1:
        yield f"An entry is missing: {position + 1} should come here."
    if line.previous_hash != previous:
        yield "The entry does not follow the one before it."
    if line.hash != entry_hash(line):
        yield "The entry was altered."
