"""Checks that the audit record is what was written."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.audit.chain import Head, Report, check


class Command(BaseCommand):
    """`manage.py verify_audit`: ends with 1 and names each broken place when something was changed."""

    help = "Check the hash chains of the audit record; ends with 1 and names each place that was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One chain or all, and heads kept elsewhere."""
        parser.add_argument("--chain", default="", help='one chain, like "case:STL-2026-000012"; else all')
        parser.add_argument("--save-heads", type=Path, help="write the heads of the chains to this file")
        parser.add_argument("--heads", type=Path, help="compare with heads that were saved before")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and save the heads if all is right."""
        kept = _read(options["heads"]) if options["heads"] else {}
        report = check(options["chain"], kept)
        for found in report.breaks:
            self.stderr.write(f"{found.chain}, entry {found.position}: {found.sentence}")
        if report.breaks:
            raise CommandError(f"{len(report.breaks)} broken places in {len(report.heads)} chains.")
        if options["save_heads"]:
            _save(options["save_heads"], report)
        self.stdout.write(f"{report.entries} entries in {len(report.heads)} chains: nothing was changed.")


def _read(path: Path) -> dict[str, Head]:
    try:
        stored = json.loads(path.read_text())
        return {chain: Head(int(head["position"]), str(head["hash"])) for chain, head in stored.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"{path} holds no saved heads ({type(error).__name__}).") from None


def _save(path: Path, report: Report) -> None:
    path.write_text(json.dumps({chain: asdict(head) for chain, head in report.heads.items()}, indent=1))
