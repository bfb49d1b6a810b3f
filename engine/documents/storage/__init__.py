"""Where the bytes of documents lie: a network folder or S3, chosen per department, and a replica in S3.

The only door to boto3.
"""

from __future__ import annotations

from django.conf import settings

from engine.core.rehearsal import keep_inside
from engine.documents.storage.nas import NasStore
from engine.documents.storage.port import BytesMissing, Store, StoreAway, StoreFull
from engine.documents.storage.s3 import S3Store

__all__ = [
    "REPLICA",
    "BytesMissing",
    "NasStore",
    "S3Store",
    "Store",
    "StoreAway",
    "StoreFull",
    "content_key",
    "has_replica",
    "store_named",
]

REPLICA = "replica"


def store_named(name: str) -> Store:
    """The store that a department or a document names."""
    keep_inside("the store of documents")
    stores = settings.DOCUMENT_STORES
    if name == NasStore.name:
        return NasStore(**stores["nas"])
    if name == S3Store.name:
        return S3Store(**stores["s3"])
    if name == REPLICA and has_replica():
        return S3Store(**stores[REPLICA])
    raise ValueError(f"There is no document store named {name!r}.")


def has_replica() -> bool:
    """Whether this installation keeps a second copy of its documents."""
    return REPLICA in settings.DOCUMENT_STORES


def content_key(department_key: str, sha256: str) -> str:
    """Where content with this hash lies."""
    return f"{department_key}/{sha256[:2]}/{sha256}"
