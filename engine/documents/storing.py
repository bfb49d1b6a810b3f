"""Putting bytes into the department's store, then writing the row that speaks of them."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import connection, transaction

from engine.core.tracing import span
from engine.departments.models import Department, User
from engine.documents.copy_queue import ask_for_copy
from engine.documents.models import Document
from engine.documents.regions import store_to_write
from engine.documents.storage import content_key, store_named


@dataclass(frozen=True)
class Written:
    """Bytes that lie in a store and have no row yet."""

    department: Department
    size: int
    sha256: str
    store: str
    key: str

    def as_document(
        self,
        *,
        name: str,
        content_type: str,
        owner: User | None = None,
        scan_state: str = Document.ScanState.CLEAN,
        data_class: str = "personal",
    ) -> Document:
        """Write the row, which never speaks of bytes that are not there, and ask for the second copy."""
        with transaction.atomic():
            document = Document.objects.create(
                department=self.department,
                owner=owner,
                name=name,
                size=self.size,
                content_type=content_type,
                sha256=self.sha256,
                store=self.store,
                storage_key=self.key,
                scan_state=scan_state,
                data_class=data_class,
            )
            ask_for_copy(self.key, self.department)
        return document


@contextlib.contextmanager
def nobody_removes(key: str) -> Iterator[None]:
    """From writing bytes to the commit of their row; another document with the same may just be removed."""
    with transaction.atomic():
        lock_bytes(key, share=True)
        yield


def lock_bytes(key: str, *, share: bool = False) -> None:
    """Hold the bytes under a key until the transaction ends."""
    lock = "pg_advisory_xact_lock_shared" if share else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [key])


def write(file: BinaryIO, *, size: int, sha256: str, department: Department) -> Written:
    """Put a whole file into the store that the department chose; raises StoreAway, also for its region."""
    key, store = content_key(department.key, sha256), store_to_write(department)
    file.seek(0)
    with span(f"store {store} put", "client", size=size):
        store_named(store).put(key, file, size=size, sha256=sha256)
    return Written(department, size, sha256, store, key)


def write_bytes(data: bytes, department: Department) -> Written:
    """Like `write`, for bytes that Caseway made itself."""
    return write(
        io.BytesIO(data), size=len(data), sha256=hashlib.sha256(data).hexdigest(), department=department
    )


def store_bytes(
    data: bytes,
    *,
    name: str,
    content_type: str,
    department: Department,
    owner: User | None = None,
    data_class: str = "personal",
) -> Document:
    """Keep bytes that Caseway made itself."""
    with nobody_removes(content_key(department.key, hashlib.sha256(data).hexdigest())):
        written = write_bytes(data, department)
        return written.as_document(name=name, content_type=content_type, owner=owner, data_class=data_class)
