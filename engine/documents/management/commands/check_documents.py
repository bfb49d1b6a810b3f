"""Reads every stored document and compares its hash."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.documents.models import Document
from engine.documents.reading import DocumentDamaged, mark, read_and_mark
from engine.documents.replication.restoring import restore
from engine.documents.storage import StoreAway


class Command(BaseCommand):
    """``manage.py check_documents``: names what is damaged or missing and ends with 1 if there is any."""

    help = "Reads every stored document, compares its hash, and reports what is damaged or missing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """A department narrows the walk."""
        parser.add_argument("--department", help="key of one department")
        parser.add_argument("--restore", action="store_true", help="put back what the replica still has")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk all documents in the order of their keys, a few rows at a time."""
        documents = Document.objects.exclude(state=Document.State.INFECTED).select_related("department")
        if options["department"]:
            documents = documents.filter(department__key=options["department"])
        checked, troubles = 0, []
        for document in documents.order_by("pk").iterator(chunk_size=500):
            checked += 1
            trouble = _trouble(document)
            if trouble and options["restore"] and restore(document):
                self.stdout.write(f"document {document.pk} is back, from the replica")
            elif trouble:
                troubles.append(document)
                self.stderr.write(
                    f"document {document.pk} ({document.department.key}, {document.store}): {trouble}"
                )
        if troubles:
            raise CommandError(f"{len(troubles)} of {checked} documents cannot be served.")
        self.stdout.write(f"{checked} documents checked, all are as they were stored.")


def _trouble(document: Document) -> str:
    """What is wrong with it, empty when nothing is; one that was restored from a backup is taken back."""
    try:
        read_and_mark(document).close()
    except DocumentDamaged as error:
        return str(error.document.state)
    except StoreAway as error:
        return f"its store cannot be reached ({error})"
    if document.state != Document.State.STORED:
        mark(document, Document.State.STORED)
    return ""
