from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.documents.models import Document
from engine.documents.reading import read_verified
from engine.documents.removing import remove_document
from engine.documents.storage import StoreAway
from engine.documents.storing import store_bytes


@pytest.fixture
def make(licensing, citizen):
    def make(data: bytes = b"hello") -> Document:
        return store_bytes(data, name="a.txt", content_type="text/plain", department=licensing, owner=citizen)

    return make


def stored(settings) -> list[Path]:
    folder = Path(settings.DOCUMENT_STORES["nas"]["folder"])
    return [each for each in folder.rglob("*") if each.is_file()]


@pytest.mark.django_db
def test_row_and_bytes_are_gone_and_the_record_says_so(make, settings):
    document = make()
    key = document.pk
    remove_document(document, reason="test")
    assert not Document.objects.exists()
    assert stored(settings) == []
    entry = AuditEntry.objects.get(verb="document.removed")
    assert (entry.subject, entry.actor_note, entry.chain) == (
        f"document:{key}",
        "test",
        "department:licensing",
    )
    assert "a.txt" not in entry.details


@pytest.mark.django_db
def test_bytes_that_another_document_has_too_stay(make, settings):
    first, second = make(), make()
    remove_document(first, reason="test")
    assert len(stored(settings)) == 1
    remove_document(second, reason="test")
    assert stored(settings) == []


@pytest.mark.django_db
def test_a_store_that_is_away_keeps_everything(make, settings):
    document = make()
    there = settings.DOCUMENT_STORES
    settings.DOCUMENT_STORES = {**there, "nas": {**there["nas"], "must_be_mounted": True}}
    with pytest.raises(StoreAway):
        remove_document(document, reason="test")
    assert Document.objects.count() == 1
    assert not AuditEntry.objects.filter(verb="document.removed").exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_that_arrive_meanwhile_are_not_taken_away(
    licensing: Department, citizen: User, make, settings, monkeypatch
):
    """The removal waits until whoever has written the bytes has written the row as well."""
    old, written, go_on = make(), threading.Event(), threading.Event()
    write_row = Document.objects.create

    def slowly(**columns):
        written.set()
        assert go_on.wait(10)
        return write_row(**columns)

    monkeypatch.setattr(Document.objects, "create", slowly)

    def arrive() -> None:
        try:
            make()
        finally:
            connection.close()

    def remove() -> None:
        try:
            remove_document(old, reason="test")
        finally:
            connection.close()

    arriving, removing = threading.Thread(target=arrive), threading.Thread(target=remove)
    arriving.start()
    assert written.wait(10)
    removing.start()
    removing.join(0.5)
    assert removing.is_alive()  # it waits
    go_on.set()
    arriving.join(10)
    removing.join(10)
    assert read_verified(Document.objects.get()).read() == b"hello"
