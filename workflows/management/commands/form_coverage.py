"""Print how much of the foreign forms in a folder is kept, sent, walked, refused and told."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from forms_library.coverage.measuring import FIGURES, Measured, Share, measure
from forms_library.coverage.sources import Source, sources

LISTED = 5


class Command(BaseCommand):
    """Measures every file of any known format; names what falls short."""

    help = "Measure the import of all foreign forms in a folder: F1 to F5, by file."

    def add_arguments(self, parser: Any) -> None:
        """Which folder, and how much of it."""
        parser.add_argument("folder", help="a folder with files of any format")
        parser.add_argument(
            "--json", action="store_true", help="the last line is one JSON object of fractions"
        )
        parser.add_argument(
            "--seeds", type=int, default=20, help="so many walks by chance for each form (20)"
        )
        parser.add_argument("--only", default=",".join(FIGURES), help="figures, with commas: F1,F5")
        parser.add_argument("--all", action="store_true", help="name everything that falls short")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure file by file, then print the sums."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f'There is no folder "{folder}".')
        figures = frozenset(options["only"].split(",")) & frozenset(FIGURES)
        begun, found = time.monotonic(), list[Measured]()
        self.stdout.write(_row("File", *FIGURES, "pages", "fields", "notes"))
        for source in sources(folder):
            one = self._measured(source, options["seeds"], figures)
            found.append(one)
            if one.format:
                self._print(one, None if options["all"] else LISTED)
        sums = {name: _sum(found, name) for name in FIGURES if name in figures}
        self._others(found)
        forms = sum(bool(one.shares) for one in found)
        self.stdout.write(_row(f"{forms} forms in {time.monotonic() - begun:.0f} s", *_cells(sums)))
        if options["json"]:
            self.stdout.write(json.dumps({name: round(share.fraction, 6) for name, share in sums.items()}))

    def _measured(self, source: Source, seeds: int, figures: frozenset[str]) -> Measured:
        """A file that stops the measuring falls short of every figure, and the others are still measured."""
        try:
            return measure(source, timezone.localdate(), seeds, figures)
        except Exception as error:  # whatever it is, it is named
            short = Share(0, 1, (f"could not be measured: {type(error).__name__}: {str(error)[:200]}",))
            key = source.importer.key if source.importer else ""
            return Measured(source.name, key, shares=dict.fromkeys(sorted(figures), short))

    def _print(self, one: Measured, most: int | None) -> None:
        self.stdout.write(_row(one.name, *_cells(one.shares), one.pages, one.fields, one.notes))
        if one.why:
            self.stdout.write(f"    not read: {one.why}")
        for name, share in one.shares.items():
            for line in share.short[:most]:
                self.stdout.write(f"    {name} {line}")
            if most is not None and len(share.short) > most:
                self.stdout.write(f"    {name} and {len(share.short) - most} more (--all)")

    def _others(self, found: list[Measured]) -> None:
        others = [one for one in found if not one.format]
        for why, number in Counter(one.why for one in others).items():
            names = [one.name for one in others if one.why == why]
            self.stdout.write(f"{number} files are no forms: {why}")
            self.stdout.write("    " + ", ".join(names))


def _sum(found: list[Measured], name: str) -> Share:
    return sum((one.shares[name] for one in found if name in one.shares), Share())


def _cells(shares: Any) -> list[str]:
    return [_percent(shares[name]) if name in shares else "-" for name in FIGURES]


def _percent(share: Share) -> str:
    """Rounded down: 100 % means all."""
    return f"{int(share.fraction * 1000) / 10:g} %"


def _row(name: str, *cells: Any) -> str:
    return f"{name[-70:]:<70} " + " ".join(f"{cell!s:>8}" for cell in cells)
