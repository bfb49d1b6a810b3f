"""Comparing the replica with the rows: every byte that should be there, and every key that should not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from engine.departments.models import Department
from engine.documents import copy_queue
from engine.documents.models import Document, DocumentCopy
from engine.documents.replication.copying import hash_at
from engine.documents.storage import REPLICA, BytesMissing, store_named

AT_ONCE = 500


class Kind(StrEnum):
    """What a look at the replica came to."""

    SAME = "same"
    WAITING = "waiting"
    MISSING = "missing"
    DIFFERENT = "different"
    EXTRA = "extra"


TROUBLES = (Kind.MISSING, Kind.DIFFERENT, Kind.EXTRA)


@dataclass(frozen=True)
class Finding:
    """One key of the replica."""

    kind: Kind
    department: Department
    key: str


def compare(department: Department) -> Iterator[Finding]:
    """Read the whole replica of a department; raises StoreAway."""
    yield from _expected(department)
    yield from _extra(department)


def repair(finding: Finding) -> None:
    """Ask again for what is wrong; a worker looks again before it does it."""
    if finding.kind == Kind.EXTRA:
        copy_queue.ask_for_removal(finding.key, finding.department.pk, again=True)
    elif finding.kind in TROUBLES:
        copy_queue.ask_for_copy(finding.key, finding.department, again=True)


def _expected(department: Department) -> Iterator[Finding]:
    if not copy_queue.is_wanted(department):
        return
    rows = Document.objects.filter(department=department, state=Document.State.STORED).order_by("storage_key")
    keys = rows.distinct("storage_key").values_list("storage_key", "sha256")
    for key, sha256 in keys.iterator(chunk_size=AT_ONCE):
        kind = _look(key, sha256)
        if kind != Kind.SAME and _is_waiting(key):
            kind = Kind.WAITING
        yield Finding(kind, department, key)


def _look(key: str, sha256: str) -> Kind:
    try:
        return Kind.SAME if hash_at(store_named(REPLICA), key) == sha256 else Kind.DIFFERENT
    except BytesMissing:
        return Kind.MISSING


def _is_waiting(key: str) -> bool:
    return DocumentCopy.objects.filter(storage_key=key, state=DocumentCopy.State.PENDING).exists()


def _extra(department: Department) -> Iterator[Finding]:
    keys = store_named(REPLICA).keys(f"{department.key}/")
    while batch := list(islice(keys, AT_ONCE)):
        known = _known(department, batch)
        for key in batch:
            if key not in known:
                kind = Kind.WAITING if _is_waiting(key) else Kind.EXTRA
                yield Finding(kind, department, key)


def _known(department: Department, keys: list[str]) -> set[str]:
    if not copy_queue.is_wanted(department):
        return set()
    hashes = [key.rsplit("/", 1)[-1] for key in keys]
    rows = Document.objects.filter(department=department, sha256__in=hashes, storage_key__in=keys)
    return set(rows.values_list("storage_key", flat=True))
