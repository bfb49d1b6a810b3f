"""What a store of bytes must do, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Protocol

CHUNK = 256 * 1024


class StoreAway(Exception):
    """The store cannot be reached or cannot take bytes now; nothing was lost, try again later."""


class StoreFull(StoreAway):
    """The store has no room left."""


class BytesMissing(Exception):
    """The store answers, and has nothing under this key."""


class Store(Protocol):
    """Keeps bytes under a key made of their hash, so that writing twice is harmless."""

    name: ClassVar[str]
    region: str

    def put(self, key: str, source: BinaryIO, *, size: int, sha256: str) -> None:
        """Store the whole source under the key, or raise StoreAway and leave no half file."""

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield the stored bytes; raises BytesMissing or StoreAway."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield every key that begins so, of whole documents only; raises StoreAway."""

    def remove(self, key: str) -> None:
        """Forget the bytes, or raise StoreAway; what is not there is forgotten already."""

    def check(self) -> None:
        """Raise StoreAway while bytes can not be stored; asks once and waits a short time only."""
