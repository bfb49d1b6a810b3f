"""What the replica is asked for."""

from __future__ import annotations

import pytest
from django.db import transaction

from engine.documents.copy_queue import ask_for_copy, lease_due
from engine.documents.models import Document, DocumentCopy
from engine.documents.removing import remove_document
from engine.documents.storing import store_bytes

pytestmark = pytest.mark.django_db


def keep(department, data: bytes = b"hello"):
    return store_bytes(data, name="a.txt", content_type="text/plain", department=department)


def wishes() -> list[tuple[str, str]]:
    return list(DocumentCopy.objects.order_by("pk").values_list("wish", "state"))


def test_nothing_is_asked_for_without_a_replica(licensing):
    remove_document(keep(licensing), reason="test")
    assert wishes() == []


def test_row_and_document_are_written_together_or_not_at_all(licensing, replica):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(licensing)
        raise ZeroDivisionError
    assert (Document.objects.count(), wishes()) == (0, [])
    keep(licensing)
    keep(licensing)  # the same bytes
    assert wishes() == [("copy", "pending")]


def test_a_replica_in_a_region_that_is_not_allowed_is_asked_for_nothing(licensing, replica):
    licensing.document_regions = ["on-premises"]
    keep(licensing)
    assert wishes() == []


def test_the_last_document_with_these_bytes_takes_the_copy_along_and_a_new_one_brings_it_back(
    licensing, replica
):
    first, second = keep(licensing), keep(licensing)
    DocumentCopy.objects.update(state="done")
    remove_document(first, reason="test")
    assert wishes() == [("copy", "done")]
    remove_document(second, reason="test")
    assert wishes() == [("remove", "pending")]
    keep(licensing)
    assert wishes() == [("copy", "pending")]


def test_what_is_done_is_done_once_more_only_when_that_is_asked_for(licensing, replica):
    document = keep(licensing)
    DocumentCopy.objects.update(state="done", attempts=7)
    ask_for_copy(document.storage_key, licensing)
    assert wishes() == [("copy", "done")]
    ask_for_copy(document.storage_key, licensing, again=True)
    assert list(DocumentCopy.objects.values_list("state", "attempts")) == [("pending", 0)]


def test_what_is_leased_is_counted_as_tried_and_given_out_once(licensing, replica):
    for number in range(3):
        keep(licensing, b"%d" % number)
    first, rest = lease_due(2), lease_due(2)
    assert (len(first), len(rest), lease_due(2)) == (2, 1, [])
    assert not set(first) & set(rest)
    assert set(DocumentCopy.objects.values_list("attempts", flat=True)) == {1}
