"""Tells which documents lie, or would be written, outside the regions of their department."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.documents.regions import violations


class Command(BaseCommand):
    """``manage.py check_document_regions``: one line for each violation, and 1 if there is any."""

    help = "Reports documents outside the regions that their department allows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask the rows; no store is read."""
        found = list(violations())
        for each in found:
            self.stderr.write(str(each))
        if found:
            raise CommandError(f"{len(found)} stores hold, or would get, what may not lie there.")
        self.stdout.write("All documents lie where their departments allow it.")
