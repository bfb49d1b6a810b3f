"""Reading a document: its whole hash is checked before a byte of it is served."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from tempfile import SpooledTemporaryFile

from django.db import transaction

from engine.audit import log
from engine.core.tracing import span
from engine.documents.models import Document
from engine.documents.storage import REPLICA, BytesMissing, StoreAway, has_replica, store_named
from engine.site.mode import is_read_only

IN_MEMORY = 512 * 1024
logger = logging.getLogger(__name__)


class DocumentDamaged(Exception):
    """The stored bytes are not those that were stored, are gone, or carry a virus; they are not served."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"document {document.pk} is {document.state}")
        self.document = document


def read_verified(document: Document) -> SpooledTemporaryFile[bytes]:
    """The bytes in a temporary file that the caller closes; the replica's where the store has no good ones.

    Raises DocumentDamaged or StoreAway.
    """
    if document.state == Document.State.INFECTED:
        raise DocumentDamaged(document)
    try:
        if document.state != Document.State.STORED:
            raise DocumentDamaged(document)
        return read_and_mark(document)
    except (DocumentDamaged, StoreAway):
        copy = read_replica(document)
        if copy is None:
            raise
        logger.warning("document %s is served from the replica", document.pk)
        return copy


def read_replica(document: Document) -> SpooledTemporaryFile[bytes] | None:
    """The good bytes of the replica, none where it is away, has none, or has others."""
    if not has_replica():
        return None
    try:
        file, digest = _fetch(REPLICA, document.storage_key)
    except (BytesMissing, StoreAway):
        return None
    if digest != document.sha256:
        file.close()
        return None
    return file


def read_and_mark(document: Document) -> SpooledTemporaryFile[bytes]:
    """Fetch and compare whatever the row says; a difference is written to the row and to the audit record."""
    try:
        file, digest = _fetch(document.store, document.storage_key)
    except BytesMissing as error:
        mark(document, Document.State.MISSING)
        raise DocumentDamaged(document) from error
    if digest != document.sha256:
        file.close()
        mark(document, Document.State.DAMAGED)
        raise DocumentDamaged(document)
    return file


def _fetch(store: str, key: str) -> tuple[SpooledTemporaryFile[bytes], str]:
    """The bytes under a key and their hash."""
    # the caller closes it
    file: SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    digest = hashlib.sha256()
    try:
        with span(f"store {store} get", "client"):
            for piece in store_named(store).chunks(key):
                digest.update(piece)
                file.write(piece)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file, digest.hexdigest()


def mark(document: Document, state: Document.State) -> None:
    """Write a change of state, once, with its audit row; a site that can only be read tells the log."""
    if is_read_only():
        logger.error("document %s is %s, which cannot be written now", document.pk, state)
        document.state = state
        return
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
