"""Doing what one row asks of the replica; doing it twice is harmless."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from engine.core.waiting import back_off
from engine.documents.copy_queue import State, Wish, is_wanted
from engine.documents.models import Document, DocumentCopy
from engine.documents.reading import DocumentDamaged, mark, read_and_mark
from engine.documents.storage import REPLICA, store_named
from engine.documents.storing import lock_bytes

if TYPE_CHECKING:
    from engine.documents.storage import Store

logger = logging.getLogger(__name__)


class CopyDiffers(Exception):
    """The replica gave back other bytes than it was given."""


def settle(copy_id: int) -> bool:
    """Copy or remove, unless that is done or in other hands; tells whether it is done now."""
    pending = DocumentCopy.objects.filter(pk=copy_id, state=State.PENDING)
    asked = pending.first()
    if asked is None:
        return False
    try:
        with transaction.atomic():
            # the bytes before the row, as everybody who writes or removes a document does
            lock_bytes(asked.storage_key, share=asked.wish == Wish.COPY)
            row = pending.select_for_update(skip_locked=True).filter(wish=asked.wish).first()
            return row is not None and _do(row)
    except DocumentDamaged as damaged:
        # what was written of it is rolled back
        mark(damaged.document, Document.State(damaged.document.state))
        _not_done(copy_id, damaged, state=State.STUCK)
    except Exception as error:  # whatever a store or the network raises, it is tried again
        _not_done(copy_id, error, state=State.PENDING)
    return False


def _do(row: DocumentCopy) -> bool:
    documents = Document.objects.filter(storage_key=row.storage_key, sha256=_hash_in(row.storage_key))
    document = documents.select_related("department").order_by("state", "pk").last()  # "stored" comes last
    wish = Wish.COPY if document and is_wanted(document.department) else Wish.REMOVE
    if wish != row.wish:  # things have changed; the other wish needs the other lock
        DocumentCopy.objects.filter(pk=row.pk).update(wish=wish, due_at=timezone.now(), leased_until=None)
        return False
    if document is None or wish == Wish.REMOVE:
        store_named(REPLICA).remove(row.storage_key)
        row.delete()
        return True
    _copy(document, store_named(REPLICA))
    DocumentCopy.objects.filter(pk=row.pk).update(
        state=State.DONE, done_at=timezone.now(), leased_until=None, last_error=""
    )
    return True


def _copy(document: Document, replica: Store) -> None:
    """The source is compared before a byte leaves, the replica after the last has arrived."""
    with read_and_mark(document) as file:
        replica.put(document.storage_key, file, size=document.size, sha256=document.sha256)  # type: ignore[arg-type]  # a spooled file is one
    if hash_at(replica, document.storage_key) != document.sha256:
        raise CopyDiffers(document.storage_key)


def hash_at(store: Store, key: str) -> str:
    """The hash of what a store holds; raises BytesMissing or StoreAway."""
    digest = hashlib.sha256()
    for piece in store.chunks(key):
        digest.update(piece)
    return digest.hexdigest()


def _hash_in(key: str) -> str:
    """The rows are found by their hash, which has an index."""
    return key.rsplit("/", 1)[-1]


def _not_done(copy_id: int, error: Exception, *, state: DocumentCopy.State) -> None:
    row = DocumentCopy.objects.filter(pk=copy_id, state=State.PENDING).first()
    if row is None:
        return
    kind = type(error).__name__  # no text: it could name a file
    later = {"due_at": timezone.now() + back_off(row.attempts), "leased_until": None}
    DocumentCopy.objects.filter(pk=copy_id, state=State.PENDING).update(state=state, last_error=kind, **later)
    logger.warning("copy %s is not done after %s attempts: %s", copy_id, row.attempts, kind)
