"""`./run bench [--quick] [name ...]`: runs bench_*.py and prints the table of what they measured."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time
import traceback
from pathlib import Path

from django.db import connection
from django.test.utils import setup_test_environment

from tests.benchmarks.table import Row

FOLDER = Path(__file__).parent
COLUMNS = ("", "What", "Measured", "Floor of the same run", "Ratio", "Target", "")


def names() -> list[str]:
    """All benchmarks, by the names of their files."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201


def measure(name: str, quick: bool) -> list[Row] | None:
    """The rows of one benchmark; None when it broke, which must not hide the others."""
    began = time.monotonic()
    try:
        rows: list[Row] = importlib.import_module(f"tests.benchmarks.bench_{name}").run(quick)
    except Exception:
        traceback.print_exc()
        return None
    say(f"{name}: {time.monotonic() - began:.0f} s")
    return rows


def as_table(rows: list[Row]) -> str:
    """Markdown, so that it can stand in the README as it is."""
    cells = [COLUMNS, *(columns(row) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(COLUMNS))]
    lines = [
        " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in cells
    ]
    lines = [f"| {line} |" for line in lines]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def columns(row: Row) -> tuple[str, ...]:
    """One line of the table."""
    return (row.id, row.what, row.measured, row.floor, row.ratio, row.target, "met" if row.met else "MISSED")


def machine() -> str:
    """Where it was measured."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    software = f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start"
    return f"{os.cpu_count()} x {model}, {memory:.0f} GiB, {software}"


def main() -> int:
    """Measures in a database of its own, and prints."""
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument(
        "--quick", action="store_true", help="few rounds: shows that they run, measures little"
    )
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(names())}")
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    where = machine()
    setup_test_environment()
    own = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measured = {name: measure(name, options.quick) for name in options.names or names()}
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)
    rows = sorted((row for found in measured.values() for row in found or ()), key=lambda row: row.id)
    say(f"\n{where}\n\n{as_table(rows)}")
    broken = [name for name, found in measured.items() if found is None]
    if broken:
        say(f"\nBROKEN: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
