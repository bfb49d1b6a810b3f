from __future__ import annotations

from engine.documents.reading import read_verified
from engine.documents.storing import store_bytes


def test_bytes_of_our_own_are_stored_under_their_hash_and_called_clean(stored_at, licensing):
    document = store_bytes(b"hello", name="a.txt", content_type="text/plain", department=licensing)
    assert document.storage_key == f"licensing/{document.sha256[:2]}/{document.sha256}"
    assert document.scan_state == "clean"
    with read_verified(document) as file:
        assert file.read() == b"hello"
