"""Putting bytes into the department's store, then writing the row that speaks of them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from engine.departments.models import Department, User
from engine.documents.models import Document
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
        """Write the row; it never speaks of bytes that are not there."""
        return Document.objects.create(
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


def write(file: BinaryIO, *, size: int, sha256: str, department: Department) -> Written:
    """Put a whole file into the store that the department chose; raises StoreAway."""
    key = content_key(department.key, sha256)
    file.seek(0)
    store_named(department.document_store).put(key, file, size=size, sha256=sha256)
    return Written(department, size, sha256, department.document_store, key)


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
    written = write_bytes(data, department)
    return written.as_document(name=name, content_type=content_type, owner=owner, data_class=data_class)
