"""Reading a document: its whole hash is checked before a byte of it is served."""

from __future__ import annotations

import hashlib
import tempfile
from tempfile import SpooledTemporaryFile

from django.db import transaction

from engine.audit import log
from engine.documents.models import Document
from engine.documents.storage import BytesMissing, store_named

IN_MEMORY = 512 * 1024


class DocumentDamaged(Exception):
    """The stored bytes are not those that were stored, are gone, or carry a virus; they are not served."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"document {document.pk} is {document.state}")
        self.document = document


def read_verified(document: Document) -> SpooledTemporaryFile[bytes]:
    """The bytes in a temporary file that the caller closes; raises DocumentDamaged or StoreAway."""
    if document.state != Document.State.STORED:
        raise DocumentDamaged(document)
    return read_and_mark(document)


def read_and_mark(document: Document) -> SpooledTemporaryFile[bytes]:
    """Fetch and compare whatever the row says; a difference is written to the row and to the audit record."""
    # the caller closes it
    file: SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        digest = hashlib.sha256()
        for piece in store_named(document.store).chunks(document.storage_key):
            digest.update(piece)
            file.write(piece)
    except BytesMissing as error:
        file.close()
        mark(document, Document.State.MISSING)
        raise DocumentDamaged(document) from error
    except BaseException:
        file.close()
        raise
    if digest.hexdigest() != document.sha256:
        file.close()
        mark(document, Document.State.DAMAGED)
        raise DocumentDamaged(document)
    file.seek(0)
    return file


def mark(document: Document, state: Document.State) -> None:
    """Write a change of state, once, with its audit row."""
    with transaction.atomic():
        changed = Document.objects.filter(pk=document.pk).exclude(state=state).update(state=state)
        document.state = state
        if changed:
            log.record(
                f"document.{state}",
                chain=log.department_chain(document.department.key),
                department_id=document.department_id,
                subject=f"document:{document.pk}",
            )
