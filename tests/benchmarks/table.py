"""One line of the table of benchmarks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured against which floor of the same run, and whether the target was met."""

    id: str
    what: str
    measured: str
    floor: str
    ratio: str
    target: str
    met: bool
