"""`./run capacity [FILE]`: prints the capacity model as a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from deploy.capacity.model import FILE, Model, Year, compared, read_model, years

HEAD = "| Year | Requests/s at peak | Web pods | Back-end pods | Database vCPU | Database GB | Documents GB |"


def as_text(model: Model) -> str:
    """The table, what it was reckoned from, and how it stands to what was planned."""
    found, assumed = years(model), model.assumed
    lines = [
        f"Measured on {model.measured.machine}, {model.measured.date}; {assumed.people_at_once} people, "
        f"{assumed.peak_factor:g} times that at the peak, {assumed.growth_a_year:.0%} more each year.",
        "",
        HEAD,
        "|" + "---|" * (HEAD.count("|") - 1),
        *(_line(year) for year in found),
        "",
        *(f"{what}: {said}" for what, said in compared(model, found).items()),
    ]
    return "\n".join(lines)


def _line(year: Year) -> str:
    cells = (
        f"{year.number}",
        f"{year.requests_a_second:.0f}",
        f"{year.web_pods}",
        f"{year.background_pods}",
        f"{year.database_vcpu:.1f}",
        f"{year.database_gb:.0f}",
        f"{year.document_gb:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def main(words: Sequence[str]) -> int:
    """Print it; 2 where the file is wrong, saying what."""
    path = Path(words[0]) if words else FILE
    try:
        print(as_text(read_model(path)))
    except (OSError, ValidationError) as wrong:
        print(f"{path}: {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
