"""Where the bytes of documents lie: a network folder or S3, chosen per department. The only door to boto3."""

from __future__ import annotations

from django.conf import settings

from engine.core.rehearsal import keep_inside
from engine.documents.storage.nas import NasStore
from engine.documents.storage.port import BytesMissing, Store, StoreAway, StoreFull
from engine.documents.storage.s3 import S3Store

__all__ = [
    "BytesMissing",
    "NasStore",
    "S3Store",
    "Store",
    "StoreAway",
    "StoreFull",
    "content_key",
    "store_named",
]


def store_named(name: str) -> Store:
    """The store that a department or a document names."""
    keep_inside("the store of documents")
    stores = settings.DOCUMENT_STORES
    if name == NasStore.name:
        return NasStore(**stores["nas"])
    if name == S3Store.name:
        return S3Store(**stores["s3"])
    raise ValueError(f"There is no document store named {name!r}.")


def content_key(department_key: str, sha256: str) -> str:
    """Where content with this hash lies."""
    return f"{department_key}/{sha256[:2]}/{sha256}"
