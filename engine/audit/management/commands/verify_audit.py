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
        parser.add_argument(
            "--keep", type=Path, help="both with one file, every night; --first makes it where there is none"
        )
        parser.add_argument("--first", action="store_true", help="there are no kept heads yet: make the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and save the heads if all is right."""
        source, target = _files(options)
        kept = _read(source) if source else {}
        report = check(options["chain"], kept)
        for found in report.breaks:
            self.stderr.write(f"{found.chain}, entry {found.position}: {found.sentence}")
        if report.breaks:
            raise CommandError(f"{len(report.breaks)} broken places in {len(report.heads)} chains.")
        if target:
            _save(target, report)
        self.stdout.write(f"{report.entries} entries in {len(report.heads)} chains: nothing was changed.")


def _files(options: dict[str, Any]) -> tuple[Path | None, Path | None]:
    """Which heads are compared with, and where the new ones go."""
    keep: Path | None = options["keep"]
    if keep is None:
        return options["heads"], options["save_heads"]
    if options["chain"]:
        raise CommandError("--keep keeps the heads of all chains: leave --chain out.")
    if not options["first"]:
        return keep, keep
    if keep.exists():
        raise CommandError(
            f"{keep} is there already: leave --first out, or ask who wants its heads forgotten."
        )
    return None, keep


def _read(path: Path) -> dict[str, Head]:
    try:
        stored = json.loads(path.read_text())
        return {chain: Head(int(head["position"]), str(head["hash"])) for chain, head in stored.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"{path} holds no saved heads ({type(error).__name__}).") from None


def _save(path: Path, report: Report) -> None:
    text = json.dumps({chain: asdict(head) for chain, head in report.heads.items()}, indent=1)
    new = path.with_name(f"{path.name}.new")  # a job that is cut off leaves the heads of the night before
    new.write_text(text)
    new.replace(path)
