"""The timeline of the switch: for the screen of whoever does it, and for the report afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path


class Report:
    """Every line with the time and the minutes since the switch began."""

    def __init__(self, path: Path | None) -> None:
        """Goes on in the file if it is there; a plan has none."""
        self.path, self.begun = path, datetime.now(UTC)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)

    def since(self, begun: str) -> None:
        """Another run began this switch: its minutes count from there."""
        self.begun = datetime.fromisoformat(begun)

    def tell(self, text: str) -> None:
        """Show it, and write it down."""
        if self.path is None:
            print(text, flush=True)
            return
        now = datetime.now(UTC)
        line = f"{now:%H:%M:%S} +{self.minutes(now):3.0f} min  {text}"
        print(line, flush=True)
        with self.path.open("a") as file:
            file.write(f"{line}\n")

    def minutes(self, now: datetime) -> float:
        """How long the switch goes on."""
        return (now - self.begun).total_seconds() / 60
