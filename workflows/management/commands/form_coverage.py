"""Print how much of the foreign forms in a folder is kept, sent, walked, refused and told."""

import time
from typing import Any

from django.utils import timezone

from forms_library.coverage.measuring import FIGURES, Measured, Share, measure
from forms_library.coverage.sources import Source, sources
from workflows.management.figures import FiguresCommand


class Command(FiguresCommand):
    """Measures every file of any known format; names what falls short."""

    help = "Measure the import of all foreign forms in a folder: F1 to F5, by file."
    figures = FIGURES

    def add_arguments(self, parser: Any) -> None:
        """Which folder, and how much of it."""
        super().add_arguments(parser)
        parser.add_argument(
            "--seeds", type=int, default=20, help="so many walks by chance for each form (20)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure file by file, then print the sums."""
        folder, figures = self.asked(options)
        begun, found = time.monotonic(), list[Measured]()
        self.line("File", *FIGURES, "pages", "fields", "notes")
        for source in sources(folder):
            one = self._measured(source, options["seeds"], figures)
            found.append(one)
            if one.format:
                self._print(one, options["all"])
        self.others([(one.name, one.why) for one in found if not one.format], "forms")
        sums = self.sums([one.shares for one in found], figures)
        forms = sum(bool(one.shares) for one in found)
        self.row(f"{forms} forms in {time.monotonic() - begun:.0f} s", sums)
        if options["json"]:
            self.last_line(sums)

    def _measured(self, source: Source, seeds: int, figures: frozenset[str]) -> Measured:
        """A file that stops the measuring falls short of every figure, and the others are still measured."""
        try:
            return measure(source, timezone.localdate(), seeds, figures)
        except Exception as error:  # whatever it is, it is named
            short = Share(0, 1, (f"could not be measured: {type(error).__name__}: {str(error)[:200]}",))
            key = source.importer.key if source.importer else ""
            return Measured(source.name, key, shares=dict.fromkeys(sorted(figures), short))

    def _print(self, one: Measured, every: bool) -> None:
        self.row(one.name, one.shares, one.pages, one.fields, one.notes)
        if one.why:
            self.stdout.write(f"    not read: {one.why}")
        self.shortcomings(one.shares, every)
