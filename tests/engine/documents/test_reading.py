from __future__ import annotations

import pytest

from engine.audit.models import AuditEntry
from engine.documents.models import Document
from engine.documents.reading import DocumentDamaged, read_verified
from engine.documents.storage import StoreAway
from engine.documents.storing import store_bytes


@pytest.fixture
def document(stored_at, licensing):
    return store_bytes(b"the original" * 1000, name="a.txt", content_type="text/plain", department=licensing)


def audited(verb: str) -> int:
    return AuditEntry.objects.filter(verb=verb, chain="department:licensing").count()


def test_a_flipped_byte_is_found_recorded_and_not_served(document, overwrite):
    overwrite(document.storage_key, b"the 0riginal" + b"the original" * 999)
    with pytest.raises(DocumentDamaged):
        read_verified(document)
    document.refresh_from_db()
    assert document.state == Document.State.DAMAGED
    assert audited("document.damaged") == 1


def test_a_damaged_document_is_recorded_once_and_stays_closed(document, overwrite):
    overwrite(document.storage_key, b"other")
    for _ in range(3):
        with pytest.raises(DocumentDamaged):
            read_verified(Document.objects.get(pk=document.pk))
    assert audited("document.damaged") == 1


def test_a_missing_document_is_recorded(document, overwrite):
    overwrite(document.storage_key, None)
    with pytest.raises(DocumentDamaged):
        read_verified(document)
    assert Document.objects.get(pk=document.pk).state == Document.State.MISSING
    assert audited("document.missing") == 1


def test_storing_the_content_again_mends_the_copy(document, overwrite, licensing):
    overwrite(document.storage_key, b"other")
    again = store_bytes(b"the original" * 1000, name="b.txt", content_type="text/plain", department=licensing)
    with read_verified(again) as file:
        assert file.read() == b"the original" * 1000


def test_a_store_that_is_away_says_so_and_calls_nothing_damaged(document, settings):
    stores = settings.DOCUMENT_STORES
    settings.DOCUMENT_STORES = {
        "nas": {"folder": stores["nas"]["folder"], "must_be_mounted": True},
        "s3": {**stores["s3"], "endpoint": "http://127.0.0.1:1"},
    }
    with pytest.raises(StoreAway):
        read_verified(document)
    assert Document.objects.get(pk=document.pk).state == Document.State.STORED
    settings.DOCUMENT_STORES = stores
    read_verified(document).close()
