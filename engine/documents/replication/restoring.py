"""Putting bytes back from the replica into the store that lost them."""

from __future__ import annotations

from engine.documents.models import Document
from engine.documents.reading import mark, read_replica
from engine.documents.storage import StoreAway, store_named


def restore(document: Document) -> bool:
    """Whether the store of the document has its good bytes again."""
    file = read_replica(document)
    if file is None:
        return False
    with file:
        try:
            store = store_named(document.store)
            store.put(document.storage_key, file, size=document.size, sha256=document.sha256)  # type: ignore[arg-type]
        except StoreAway:
            return False
    mark(document, Document.State.STORED)
    return True
