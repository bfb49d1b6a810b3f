"""Comparing the replica with the rows, by the command that operators use."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from engine.documents.models import Document, DocumentCopy
from engine.documents.replication.copying import settle
from engine.documents.storing import store_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents(licensing, replica) -> list[Document]:
    """Four documents, the last of which waits for its copy."""
    texts = (b"one", b"two", b"three", b"four")
    made = [store_bytes(text, name="a", content_type="text/plain", department=licensing) for text in texts]
    settle_all(DocumentCopy.objects.order_by("pk")[:3])
    return made


def settle_all(rows) -> None:
    for row in list(rows):
        settle(row.pk)


def test_missing_different_and_extra_are_found_and_mended(documents, replica, capsys):
    call_command("reconcile_documents")
    assert "3 same, 1 waiting, 0 missing" in capsys.readouterr().out
    missing, different, _same, _waiting = (each.storage_key for each in documents)
    replica.Object(missing).delete()
    replica.Object(different).put(Body=b"tvo")  # one flipped bit
    replica.Object("licensing/ab/nobody").put(Body=b"x")
    with pytest.raises(CommandError, match="1 same, 1 waiting, 1 missing, 1 different, 1 extra"):
        call_command("reconcile_documents")
    told = capsys.readouterr().err.splitlines()
    assert told == [f"missing: {missing}", f"different: {different}", "extra: licensing/ab/nobody"] or set(
        told
    ) == {f"missing: {missing}", f"different: {different}", "extra: licensing/ab/nobody"}
    call_command("reconcile_documents", repair=True, department="licensing")
    settle_all(DocumentCopy.objects.filter(state="pending"))
    capsys.readouterr()
    call_command("reconcile_documents")
    assert "4 same, 0 waiting, 0 missing, 0 different, 0 extra" in capsys.readouterr().out


def test_what_lies_in_a_region_that_is_no_longer_allowed_is_extra(documents, licensing, replica):
    licensing.document_regions = ["on-premises"]
    licensing.save()
    with pytest.raises(CommandError, match=r"0 same.* 3 extra"):
        call_command("reconcile_documents")
    call_command("reconcile_documents", repair=True)
    settle_all(DocumentCopy.objects.filter(state="pending"))
    assert list(replica.objects.all()) == []


def test_documents_from_before_the_replica_are_asked_for_by_repairing(documents, replica):
    DocumentCopy.objects.all().delete()
    replica.objects.all().delete()
    call_command("reconcile_documents", repair=True)
    settle_all(DocumentCopy.objects.all())
    assert len(list(replica.objects.all())) == 4


def test_a_replica_that_is_not_there_is_said_in_one_sentence(documents, replica, settings, capsys):
    there = settings.DOCUMENT_STORES
    settings.DOCUMENT_STORES = {**there, "replica": {**there["replica"], "bucket": "gone"}}
    with pytest.raises(CommandError):
        call_command("reconcile_documents")
    settings.DOCUMENT_STORES = {name: store for name, store in there.items() if name != "replica"}
    call_command("reconcile_documents")
    assert "keeps no replica" in capsys.readouterr().out
