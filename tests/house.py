"""Which files are the house: what the tests of its rules look at."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("engine", "forms_library", "workflows", "portal", "deploy")


def ours(pattern: str) -> Iterator[Path]:
    """Files of the product, without what is generated."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).glob(f"**/{pattern}")):
            if not {"node_modules", "built", "migrations"}.intersection(path.parts):
                yield path


def tracked() -> list[Path]:
    """Files that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name(path: Path) -> str:
    """The path below the root."""
    return str(path.relative_to(ROOT))
