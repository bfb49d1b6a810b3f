"""Doing what a row asks of the replica."""

from __future__ import annotations

import pytest
from django.utils import timezone

from engine.documents import tasks
from engine.documents.models import Document, DocumentCopy
from engine.documents.reading import DocumentDamaged, read_replica, read_verified
from engine.documents.removing import remove_document
from engine.documents.replication import copying
from engine.documents.replication.copying import settle
from engine.documents.storage import S3Store, StoreAway
from engine.documents.storing import store_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(stored_at, licensing, replica) -> Document:
    return store_bytes(b"hello", name="a.txt", content_type="text/plain", department=licensing)


def row() -> DocumentCopy:
    return DocumentCopy.objects.get()


def held(replica) -> dict[str, bytes]:
    return {each.key: each.get()["Body"].read() for each in replica.objects.all()}


def test_the_bytes_of_either_store_are_copied_once_and_doing_it_twice_is_harmless(document, replica):
    assert settle(row().pk)
    assert held(replica) == {document.storage_key: b"hello"}
    assert (row().state, row().last_error) == ("done", "")
    assert not settle(row().pk)


def test_a_sweep_hands_what_is_due_to_a_queue_of_its_own(document, replica, monkeypatch):
    handed = []
    monkeypatch.setattr(tasks.settle_copy, "delay", handed.append)
    tasks.sweep_copies()
    tasks.sweep_copies()
    assert handed == [row().pk]
    tasks.settle_copy(*handed)
    assert held(replica) == {document.storage_key: b"hello"}


def test_a_replica_that_is_away_is_tried_again_later_and_later(document, replica, monkeypatch):
    def away(*_given: object, **_named: object) -> None:
        raise StoreAway("no route")

    with monkeypatch.context() as patch:
        patch.setattr(S3Store, "put", away)
        before = timezone.now()
        DocumentCopy.objects.update(attempts=3)
        assert not settle(row().pk)
    found = row()
    assert (found.state, found.last_error) == ("pending", "StoreAway")
    assert 85 <= (found.due_at - before).total_seconds() <= 125
    assert settle(found.pk)
    assert held(replica)


def test_bytes_that_were_changed_on_the_way_do_not_count_as_copied(document, replica, monkeypatch):
    monkeypatch.setattr(copying, "hash_at", lambda *_: "0" * 64)
    assert not settle(row().pk)
    assert (row().state, row().last_error) == ("pending", "CopyDiffers")


def test_damaged_bytes_are_never_copied_and_the_document_is_marked(document, replica, overwrite):
    overwrite(document.storage_key, b"hellO")
    assert not settle(row().pk)
    assert (row().state, row().last_error) == ("stuck", "DocumentDamaged")
    assert held(replica) == {}
    document.refresh_from_db()
    assert document.state == "damaged"


def test_a_document_that_is_gone_is_forgotten_by_the_replica(document, replica):
    settle(row().pk)
    remove_document(document, reason="test")
    assert settle(row().pk)
    assert held(replica) == {}
    assert not DocumentCopy.objects.exists()


def test_a_wish_that_things_have_overtaken_turns_into_the_other_one(document, replica, licensing):
    DocumentCopy.objects.update(wish="remove")
    assert not settle(row().pk)
    assert settle(row().pk)
    assert held(replica)
    licensing.document_regions = ["on-premises", "eu-central-1"]
    licensing.save()
    DocumentCopy.objects.update(state="pending")
    assert not settle(row().pk)
    assert settle(row().pk)
    assert held(replica) == {}


def test_a_reader_is_served_from_the_replica_when_the_store_has_no_good_bytes(
    document, replica, overwrite, caplog
):
    settle(row().pk)
    overwrite(document.storage_key, b"hellO")
    for _state in ("stored", "damaged"):
        with read_verified(document) as file:
            assert file.read() == b"hello"
    assert document.state == "damaged"
    assert "served from the replica" in caplog.text
    replica.Object(document.storage_key).put(Body=b"hEllo")
    assert read_replica(document) is None
    with pytest.raises(DocumentDamaged):
        read_verified(document)
    Document.objects.update(state="infected")
    document.refresh_from_db()
    with pytest.raises(DocumentDamaged):
        read_verified(document)
