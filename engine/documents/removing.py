"""Taking a document away: its row and, when no other document has the same bytes, the bytes."""

from __future__ import annotations

from django.db import transaction

from engine.audit import log
from engine.documents.copy_queue import ask_for_removal
from engine.documents.models import Document
from engine.documents.storage import store_named
from engine.documents.storing import lock_bytes


@transaction.atomic
def remove_document(document: Document, *, reason: str) -> None:
    """Forget a document for good, with an audit entry; raises StoreAway and keeps everything.

    The bytes go before the commit: a row without bytes is found and removed the next time, while bytes
    without a row would lie there for ever.
    """
    lock_bytes(document.storage_key)
    department, key = document.department, document.pk
    document.delete()
    others = Document.objects.filter(store=document.store, storage_key=document.storage_key)
    if not others.exists():
        store_named(document.store).remove(document.storage_key)
        ask_for_removal(document.storage_key, department.pk)
    log.record(
        "document.removed",
        chain=log.department_chain(department.key),
        actor_note=reason,
        department_id=department.pk,
        subject=f"document:{key}",
        details={"size": document.size, "sha256": document.sha256},
    )
