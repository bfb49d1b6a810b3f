"""Putting bytes back from the replica."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from engine.documents.models import DocumentCopy
from engine.documents.replication.copying import settle
from engine.documents.storing import store_bytes


@pytest.mark.django_db
def test_a_flipped_byte_in_the_store_is_found_and_mended_from_the_replica(
    stored_at, licensing, replica, overwrite, capsys
):
    document = store_bytes(b"hello", name="a.txt", content_type="text/plain", department=licensing)
    settle(DocumentCopy.objects.get().pk)
    overwrite(document.storage_key, b"hellO")
    with pytest.raises(CommandError, match="1 of 1 documents"):
        call_command("check_documents")
    call_command("check_documents", restore=True)
    assert "is back" in capsys.readouterr().out
    call_command("check_documents")
    document.refresh_from_db()
    assert document.state == "stored"
    overwrite(document.storage_key, None)
    replica.Object(document.storage_key).delete()
    with pytest.raises(CommandError, match="1 of 1 documents"):
        call_command("check_documents", restore=True)
