"""Print how much of the foreign workflows in a folder is carried, played, refused, timed and kept going."""

import time
from typing import Any

from workflows.coverage.measuring import FIGURES, Measured, measure
from workflows.management.figures import FiguresCommand


class Command(FiguresCommand):
    """Measures every file of a known format; names what falls short. It writes nothing that stays."""

    help = "Measure the import of all foreign workflows in a folder: W1 to W5, by file."
    figures = FIGURES
    listed = 10

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure file by file, then print the sums."""
        folder, figures = self.asked(options)
        begun, found = time.monotonic(), list[Measured]()
        self.line("File", *FIGURES, "states", "ways", "notes")
        for one in measure(folder, figures):
            found.append(one)
            if one.name:
                sizes = (one.states, one.ways, one.notes) if one.states else ()
                self.row(f"{one.file} {one.name}", one.shares, *sizes)
                self.shortcomings(one.shares, options["all"])
        self.others([(one.file, one.why) for one in found if not one.name], "workflows")
        sums = self.sums([one.shares for one in found], figures)
        workflows = sum(one.package is not None for one in found)
        self.row(f"{workflows} workflows in {time.monotonic() - begun:.0f} s", sums)
        self.line("counted", *(sums[name].total if name in sums else "-" for name in FIGURES))
        if options["json"]:
            self.last_line(sums)
