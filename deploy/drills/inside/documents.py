"""Documents as the product sees them: copied, compared, read."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

from django.core.management import CommandError, call_command

from engine.documents.copy_queue import lease_due
from engine.documents.models import Document, DocumentCopy
from engine.documents.reading import DocumentDamaged, read_verified
from engine.documents.replication.copying import settle
from engine.documents.storage import REPLICA, StoreAway, store_named

AT_ONCE = 50


def run(what: str, word: str = "") -> dict[str, int]:
    """One of the questions below."""
    return {"copy": _copy, "read": _read, "flip": _flip, "compare": _compare}[what](word)


def _copy(_word: str) -> dict[str, int]:
    """What the queue `copies` does, in this process."""
    while due := lease_due(AT_ONCE):
        for copy_id in due:
            settle(copy_id)
    return {"left": DocumentCopy.objects.exclude(state=DocumentCopy.State.DONE).count()}


def _read(since: str) -> dict[str, int]:
    """Read every document from that moment on whole, wherever its good bytes are."""
    begun = datetime.fromtimestamp(float(since or 0), UTC)
    found = {"good": 0, "bad": 0}
    for document in Document.objects.filter(created_at__gte=begun).select_related("department"):
        try:
            read_verified(document).close()
            found["good"] += 1
        except (DocumentDamaged, StoreAway):
            found["bad"] += 1
    return found


def _flip(_word: str) -> dict[str, int]:
    """Change one bit of one document in the replica."""
    document = Document.objects.earliest("created_at")
    data = b"".join(store_named(REPLICA).chunks(document.storage_key))
    changed = bytes([data[0] ^ 1]) + data[1:]
    digest = hashlib.sha256(changed).hexdigest()
    store_named(REPLICA).put(document.storage_key, io.BytesIO(changed), size=len(changed), sha256=digest)
    return {"flipped": 1}


def _compare(_word: str) -> dict[str, int]:
    """1 when the replica is the same, 0 when the comparison names a difference."""
    try:
        call_command("reconcile_documents", verbosity=0)
    except CommandError:
        return {"same": 0}
    return {"same": 1}
