"""What applicants were told: one line for each application that was acknowledged."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path


class Book:
    """The file that the load writes and the drill reads."""

    def __init__(self, path: Path) -> None:
        """Need not exist yet."""
        self.path = path

    def times(self) -> list[float]:
        """When each acknowledgement came."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [float(line.split()[0]) for line in lines if line.count(" ") == 2]

    def count(self) -> int:
        """How many there are so far."""
        return len(self.times())

    def longest_silence_s(self, since: float) -> float:
        """The longest time without an acknowledgement that ended after a moment."""
        times = sorted(self.times())
        gaps = [late - early for early, late in pairwise(times) if late > since]
        return max(gaps, default=0.0)
