"""What the commands that measure a folder of foreign files have in common: their table and its last line."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_library.coverage.measuring import Share

Shares = Mapping[str, Share]


class FiguresCommand(BaseCommand):
    """Prints figures by file, names what falls short, and sums up; with ``--json`` for programs as well."""

    figures: Sequence[str] = ()
    listed = 5

    def add_arguments(self, parser: Any) -> None:
        """Which folder, and how much of it."""
        parser.add_argument("folder", help="a folder with files of any format")
        parser.add_argument(
            "--json", action="store_true", help="the last line is one JSON object of fractions"
        )
        some = ",".join(self.figures[:2])
        parser.add_argument("--only", default=",".join(self.figures), help=f"figures, with commas: {some}")
        parser.add_argument("--all", action="store_true", help="name everything that falls short")

    def asked(self, options: Mapping[str, Any]) -> tuple[Path, frozenset[str]]:
        """The folder and the figures; raises CommandError for a folder that is not there."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f'There is no folder "{folder}".')
        return folder, frozenset(options["only"].split(",")) & frozenset(self.figures)

    def row(self, name: str, shares: Shares, *cells: Any) -> None:
        """One line of the table."""
        figures = [_percent(shares[figure]) if figure in shares else "-" for figure in self.figures]
        self.line(name, *figures, *cells)

    def line(self, name: str, *cells: Any) -> None:
        """One line of any cells."""
        self.stdout.write(f"{name[-70:]:<70} " + " ".join(f"{cell!s:>8}" for cell in cells))

    def shortcomings(self, shares: Shares, every: bool) -> None:
        """What falls short, below its line; all of it only when asked for."""
        most = None if every else self.listed
        for name, share in shares.items():
            for line in share.short[:most]:
                self.stdout.write(f"    {name} {line}")
            if most is not None and len(share.short) > most:
                self.stdout.write(f"    {name} and {len(share.short) - most} more (--all)")

    def others(self, names: Iterable[tuple[str, str]], what: str) -> None:
        """The files that are none of these, by the reason why."""
        pairs = list(names)
        for why, number in Counter(why for _, why in pairs).items():
            self.stdout.write(f"{number} files are no {what}: {why}")
            self.stdout.write("    " + ", ".join(name for name, each in pairs if each == why))

    def sums(self, found: Iterable[Shares], figures: frozenset[str]) -> dict[str, Share]:
        """The figures over all files."""
        every = list(found)
        return {
            name: sum((shares[name] for shares in every if name in shares), Share())
            for name in self.figures
            if name in figures
        }

    def last_line(self, sums: Shares) -> None:
        """One JSON object of fractions."""
        self.stdout.write(json.dumps({name: round(share.fraction, 6) for name, share in sums.items()}))


def _percent(share: Share) -> str:
    """Rounded down: 100 % means all."""
    return f"{int(share.fraction * 1000) / 10:g} %"
