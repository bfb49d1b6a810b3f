from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from engine.documents.models import Document
from engine.documents.storing import store_bytes


@pytest.fixture
def documents(stored_at, licensing):
    return [
        store_bytes(text, name=f"{text.decode()}.txt", content_type="text/plain", department=licensing)
        for text in (b"first", b"second", b"third")
    ]


def test_whole_documents_pass(documents, capsys):
    call_command("check_documents")
    assert "3 documents checked" in capsys.readouterr().out


def test_damage_and_loss_are_named_and_the_command_fails(documents, overwrite, capsys):
    overwrite(documents[0].storage_key, b"fIrst")
    overwrite(documents[1].storage_key, None)
    with pytest.raises(CommandError, match="2 of 3 documents"):
        call_command("check_documents", department="licensing")
    reported = capsys.readouterr().err
    assert f"document {documents[0].pk} (licensing, {documents[0].store}): damaged" in reported
    assert f"document {documents[1].pk}" in reported
    assert "first" not in reported  # names of files may be personal


def test_a_document_restored_from_a_backup_is_served_again(documents, overwrite):
    overwrite(documents[0].storage_key, b"fIrst")
    with pytest.raises(CommandError):
        call_command("check_documents")
    overwrite(documents[0].storage_key, b"first")
    call_command("check_documents")
    assert Document.objects.get(pk=documents[0].pk).state == Document.State.STORED
