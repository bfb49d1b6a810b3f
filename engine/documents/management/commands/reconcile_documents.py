"""Compares the replica of documents with the rows, byte by byte."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.departments.models import Department
from engine.documents.replication.reconciling import TROUBLES, Kind, compare, repair
from engine.documents.storage import StoreAway, has_replica


class Command(BaseCommand):
    """``manage.py reconcile_documents``: names what is missing, different or extra; 1 if there is any."""

    help = "Compares every byte of the replica with the documents; --repair asks for what is wrong once more."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """A department narrows the walk."""
        parser.add_argument("--department", help="key of one department")
        parser.add_argument("--repair", action="store_true", help="let the workers mend what is found")

    def handle(self, *args: Any, **options: Any) -> None:
        """One department after the other."""
        if not has_replica():
            self.stdout.write("This installation keeps no replica: REPLICA_S3_BUCKET is not set.")
            return
        departments = Department.objects.order_by("key")
        if options["department"]:
            departments = departments.filter(key=options["department"])
        try:
            found = self._walk(list(departments), options["repair"])
        except StoreAway as away:
            raise CommandError(f"The replica cannot be read now ({away}).") from None
        report = ", ".join(f"{found[kind]} {kind}" for kind in Kind)
        if any(found[kind] for kind in TROUBLES) and not options["repair"]:
            raise CommandError(f"The replica differs: {report}.")
        self.stdout.write(f"The replica: {report}.")

    def _walk(self, departments: list[Department], mend: bool) -> Counter[Kind]:
        found: Counter[Kind] = Counter()
        for department in departments:
            for finding in compare(department):
                found[finding.kind] += 1
                if finding.kind in TROUBLES:
                    self.stderr.write(f"{finding.kind}: {finding.key}")
                if mend:
                    repair(finding)
        return found
