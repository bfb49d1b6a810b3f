"""Print how many cases of the DMN technology compatibility kit in a folder pass."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_library.coverage.measuring import Share
from workflows.dmn.measuring import Measured, measure

LISTED = 10


class Command(BaseCommand):
    """Works out every case of every file; names each that falls short, and why. It writes nothing."""

    help = "Work out all cases of the DMN technology compatibility kit in a folder: D1, by file."

    def add_arguments(self, parser: Any) -> None:
        """Which folder, and how much to name."""
        parser.add_argument("folder", help="a folder with models (.dmn) and their test cases (.xml)")
        parser.add_argument(
            "--json", action="store_true", help="the last line is one JSON object of fractions"
        )
        parser.add_argument("--all", action="store_true", help="name everything that falls short")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work out file by file, then print the sum."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f'There is no folder "{folder}".')
        begun, found = time.monotonic(), list[Measured]()
        self.stdout.write(_row("File", "D1", "cases", "results", "ms"))
        for one in measure(folder):
            found.append(one)
            if one.share is not None:
                self._print(one, one.share, None if options["all"] else LISTED)
        for why, number in Counter(one.why for one in found if one.share is None).items():
            self.stdout.write(f"{number} files hold no cases: {why}")
            self.stdout.write("    " + ", ".join(one.file for one in found if one.why == why))
        total = sum((one.share for one in found if one.share), Share())
        files = sum(one.share is not None for one in found)
        self.stdout.write(
            _row(f"{files} files in {time.monotonic() - begun:.0f} s", _percent(total), total.total)
        )
        if options["json"]:
            self.stdout.write(json.dumps({"D1": round(total.fraction, 6)}))

    def _print(self, one: Measured, share: Share, most: int | None) -> None:
        milliseconds = round(one.seconds * 1000)
        self.stdout.write(_row(one.file, _percent(share), share.total, one.results, milliseconds))
        for line in share.short[:most]:
            self.stdout.write(f"    D1 {line}")
        if most is not None and len(share.short) > most:
            self.stdout.write(f"    D1 and {len(share.short) - most} more (--all)")


def _percent(share: Share) -> str:
    """Rounded down: 100 % means all."""
    return f"{int(share.fraction * 1000) / 10:g} %"


def _row(name: str, *cells: Any) -> str:
    return f"{name[-70:]:<70} " + " ".join(f"{cell!s:>8}" for cell in cells)
