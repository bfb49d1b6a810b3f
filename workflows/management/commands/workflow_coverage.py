"""Print how much of the foreign workflows in a folder is carried, played, refused, timed and kept going."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_library.coverage.measuring import Share
from workflows.coverage.measuring import FIGURES, Measured, measure

LISTED = 10


class Command(BaseCommand):
    """Measures every file of a known format; names what falls short. It writes nothing that stays."""

    help = "Measure the import of all foreign workflows in a folder: W1 to W5, by file."

    def add_arguments(self, parser: Any) -> None:
        """Which folder, and how much of it."""
        parser.add_argument("folder", help="a folder with files of any format")
        parser.add_argument(
            "--json", action="store_true", help="the last line is one JSON object of fractions"
        )
        parser.add_argument("--only", default=",".join(FIGURES), help="figures, with commas: W1,W3")
        parser.add_argument("--all", action="store_true", help="name everything that falls short")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure file by file, then print the sums."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f'There is no folder "{folder}".')
        figures = frozenset(options["only"].split(",")) & frozenset(FIGURES)
        begun, found = time.monotonic(), list[Measured]()
        self.stdout.write(_row("File", *FIGURES, "states", "ways", "notes"))
        for one in measure(folder, figures):
            found.append(one)
            if one.name:
                self._print(one, None if options["all"] else LISTED)
        self._others(found)
        sums = {name: _sum(found, name) for name in FIGURES if name in figures}
        workflows = sum(one.package is not None for one in found)
        self.stdout.write(_row(f"{workflows} workflows in {time.monotonic() - begun:.0f} s", *_cells(sums)))
        self.stdout.write(_row("counted", *(sums[name].total if name in sums else "-" for name in FIGURES)))
        if options["json"]:
            self.stdout.write(json.dumps({name: round(share.fraction, 6) for name, share in sums.items()}))

    def _print(self, one: Measured, most: int | None) -> None:
        sizes = (one.states, one.ways, one.notes) if one.states else ()
        self.stdout.write(_row(f"{one.file} {one.name}", *_cells(one.shares), *sizes))
        for name, share in one.shares.items():
            for line in share.short[:most]:
                self.stdout.write(f"    {name} {line}")
            if most is not None and len(share.short) > most:
                self.stdout.write(f"    {name} and {len(share.short) - most} more (--all)")

    def _others(self, found: list[Measured]) -> None:
        others = [one for one in found if not one.name]
        for why, number in Counter(one.why for one in others).items():
            self.stdout.write(f"{number} files are no workflows: {why}")
            self.stdout.write("    " + ", ".join(one.file for one in others if one.why == why))


def _sum(found: list[Measured], name: str) -> Share:
    return sum((one.shares[name] for one in found if name in one.shares), Share())


def _cells(shares: Any) -> list[str]:
    return [_percent(shares[name]) if name in shares else "-" for name in FIGURES]


def _percent(share: Share) -> str:
    """Rounded down: 100 % means all."""
    return f"{int(share.fraction * 1000) / 10:g} %"


def _row(name: str, *cells: Any) -> str:
    return f"{name[-70:]:<70} " + " ".join(f"{cell!s:>8}" for cell in cells)
